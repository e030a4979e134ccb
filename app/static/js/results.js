// Results as somebody types: the results alone are exchanged, and the address follows.

const PAUSE = 250;
const form = document.getElementById("search");
const box = form.elements.q;
const said = document.getElementById("said");
let shown = box.defaultValue.trim();
let timer, asking;

const results = () => document.getElementById("results");
const isBehind = () => box.value.trim() !== shown;

function address(words) {
  const kept = new URLSearchParams(words);
  kept.delete("goes_on");
  return `${form.action}?${kept}`;
}

function exchange(html, words, text) {
  const isAmongThem = results().contains(document.activeElement);
  results().outerHTML = html;
  // Whoever has walked on into the results goes on at the first of the new ones.
  if (isAmongThem) (results().querySelector("[data-hit]") ?? box).focus();
  shown = text;
  history.replaceState(history.state, "", address(words));
  document.title = `${text || "Library"} · Quarterdeck`;
  document.dispatchEvent(new Event("results:changed"));
}

function fail() {
  results().removeAttribute("aria-busy");
  let line = document.getElementById("results-problem");
  if (!line) {
    results().insertAdjacentHTML("beforebegin", '<p class="notice notice-warning" id="results-problem" role="alert"></p>');
    line = document.getElementById("results-problem");
  }
  line.textContent = `The hub did not answer. Below is still what was found ${shown ? `for “${shown}”` : "before"}. Type on, or press Enter to try again.`;
}

async function ask() {
  asking?.abort();
  if (!isBehind()) return;
  asking = new AbortController();
  const words = new URLSearchParams(new FormData(form));
  const text = box.value.trim();
  results().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${form.action}?${words}`, { headers: { "HX-Request": "true" }, signal: asking.signal });
    // Whoever was signed out meanwhile signs in and comes back to these words.
    if (answer.redirected) location.assign(address(words));
    else if (answer.ok) {
      document.getElementById("results-problem")?.remove();
      exchange(await answer.text(), words, text);
    } else fail();
  } catch (problem) {
    if (problem.name !== "AbortError") fail();
  }
}

box.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
});
form.addEventListener("submit", () => { clearTimeout(timer); asking?.abort(); });

// A filter that is chosen before the results have come goes with the words that stand in the box.
document.addEventListener("click", (event) => {
  const link = event.target.closest("#results a[href^='/search?']");
  if (!link || !isBehind() || link.matches("[data-meant]")) return;
  const there = new URL(link.href);
  there.searchParams.set("q", box.value);
  link.href = there;
});

// Somebody in a hurry may have typed before this was here.
ask();
