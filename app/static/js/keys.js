// Whether single-letter keys are wanted on this device; the search help page has the switch.

export function singleKeysOn() {
  try {
    return localStorage.getItem("single-keys") !== "off";
  } catch {
    return true;
  }
}

export const isChord = (event) => event.ctrlKey || event.metaKey || event.altKey;

export function isTyping(event) {
  return isChord(event) || Boolean(event.target.closest("input, textarea, select, [contenteditable], dialog[open]"));
}
