// Search by keyboard: "/" goes to the search box, arrow keys walk through the hits.

import { isChord, isTyping, singleKeysOn } from "./keys.js";

const box = () => document.querySelector("[data-search]");
const hits = () => [...document.querySelectorAll("[data-hit]")];

function toSearch(event) {
  event.preventDefault();
  box()?.focus();
  box()?.select();
}

/** Where the box has the focus already, as on the first page, the key is pressed by habit. */
const isBeginning = (event) => event.target === box() && !box().value && !isChord(event);

/** Focus the hit before or after the one in focus; from the first one up lies the search box. */
function walk(event, step) {
  const all = hits();
  const row = document.activeElement.closest("[data-hit-row]");
  const here = row ? all.indexOf(row.querySelector("[data-hit]")) : -1;
  if (here < 0 && document.activeElement !== box()) return;
  event.preventDefault();
  const next = here + step;
  (next < 0 ? box() : all[next])?.focus();
}

/** What only the hub needs to know stays out of the address that people pass on. */
function cleanAddress() {
  const here = new URL(location);
  if (!here.searchParams.has("hit") && !here.searchParams.has("goes_on")) return;
  here.searchParams.delete("hit");
  here.searchParams.delete("goes_on");
  history.replaceState(history.state, "", here);
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "/" && singleKeysOn() && (!isTyping(event) || isBeginning(event))) toSearch(event);
  else if (event.key === "ArrowDown") walk(event, 1);
  else if (event.key === "ArrowUp") walk(event, -1);
});
cleanAddress();
