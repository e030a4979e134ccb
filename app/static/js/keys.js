// Whether single-letter keys are wanted on this device; the search help page has the switch.

export function singleKeysOn() {
  try {
    return localStorage.getItem("single-keys") !== "off";
  } catch {
    return true;
  }
}

export function isTyping(event) {
  return event.ctrlKey || event.metaKey || event.altKey || Boolean(event.target.closest("input, textarea, select, [contenteditable], dialog[open]"));
}
