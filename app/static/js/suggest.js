// Suggestions under the search box: a combobox, by keyboard alone; without script it is a plain search.

const PAUSE = 140;
const box = document.querySelector("[data-search]");
const hasLiveResults = () => Boolean(document.getElementById("results"));
const controls = document.getElementById("results") ? "results" : "suggestions";
let panel, said, timer, asking, active = -1;

const options = () => [...panel.querySelectorAll("[role=option]")];
const isOpen = () => !panel.hidden;

function close() {
  panel.hidden = true;
  active = -1;
  box.setAttribute("aria-expanded", "false");
  box.setAttribute("aria-controls", controls);
  box.removeAttribute("aria-activedescendant");
}

function choose(index) {
  const all = options();
  all[active]?.setAttribute("aria-selected", "false");
  active = index < -1 ? all.length - 1 : index >= all.length ? -1 : index;
  const chosen = all[active];
  if (!chosen) {
    box.removeAttribute("aria-activedescendant");
    return;
  }
  chosen.setAttribute("aria-selected", "true");
  chosen.scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", chosen.id);
}

function show(html) {
  panel.innerHTML = html;
  const count = options().length;
  if (!count || document.activeElement !== box) {
    close();
    return;
  }
  active = -1;
  panel.hidden = false;
  box.setAttribute("aria-expanded", "true");
  box.setAttribute("aria-controls", "suggestions");
  said.textContent = count === 1 ? "1 suggestion" : `${count} suggestions`;
}

/** Where results change as somebody types, only the person's own searches are offered. */
const isWanted = () => !(hasLiveResults() && box.value.trim());

async function ask() {
  asking?.abort();
  if (!isWanted()) {
    close();
    return;
  }
  asking = new AbortController();
  try {
    const answer = await fetch(`/search/suggest?q=${encodeURIComponent(box.value)}`, { signal: asking.signal });
    if (answer.ok && !answer.redirected) show(await answer.text());
  } catch (problem) {
    if (problem.name !== "AbortError") close();
  }
}

function askSoon() {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
}

/** Go where a suggestion leads; a piece that is chosen was searched for and found. */
function follow(option, isAside) {
  const { address, asset, page, position } = option.dataset;
  if (asset) {
    const token = document.querySelector("meta[name=csrf-token]").content;
    const words = new URLSearchParams({ q: box.value.trim(), asset, page, position });
    fetch("/search/chosen", { method: "POST", body: words, headers: { "X-CSRFToken": token }, keepalive: true }).catch(() => {});
  }
  if (isAside) window.open(address, "_blank", "noopener");
  else location.assign(address);
}

/** Whoever walks has what they want before them: an answer that comes late must not take it away. */
function walk(step) {
  clearTimeout(timer);
  asking?.abort();
  choose(active + step);
  if (active < 0) askSoon();
}

const KEYS = {
  ArrowDown: () => walk(1),
  ArrowUp: () => walk(-1),
  Escape: close,
  Enter: () => follow(options()[active]),
};

function onKey(event) {
  if (event.isComposing) return;
  if (event.key === "Tab") close();
  if (event.key === "ArrowDown" && !isOpen() && isWanted()) {
    event.stopPropagation();
    event.preventDefault();
    ask();
    return;
  }
  if (!isOpen() || !KEYS[event.key] || (event.key === "Enter" && active < 0)) return;
  event.preventDefault();
  // The hits below must not be walked through as well.
  event.stopPropagation();
  KEYS[event.key]();
}

function attach() {
  const form = box.closest("form");
  form.insertAdjacentHTML("beforeend", '<div class="suggestions" hidden></div><p class="visually-hidden" aria-live="polite"></p>');
  panel = form.querySelector(".suggestions");
  said = form.querySelector("[aria-live]:last-child");
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-haspopup": "listbox" })) box.setAttribute(name, value);
  box.addEventListener("input", () => { if (isOpen()) choose(-1); askSoon(); });
  box.addEventListener("focus", askSoon);
  box.addEventListener("keydown", onKey);
  box.addEventListener("blur", () => setTimeout(close, 120));
  form.addEventListener("submit", () => { clearTimeout(timer); asking?.abort(); close(); });
  panel.addEventListener("pointerdown", (event) => event.preventDefault());
  panel.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) follow(option, event.ctrlKey || event.metaKey);
  });
}

if (box) attach();
