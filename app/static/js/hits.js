// What is done with a hit without leaving the list: copy its link, log a use, see its page, by keys too.

import { isTyping, singleKeysOn } from "./keys.js";

const results = () => document.getElementById("results");
const said = document.getElementById("said");
const dialog = document.getElementById("use-dialog");
const dialogBody = document.getElementById("use-dialog-body");
const token = document.querySelector("meta[name=csrf-token]").content;
const ACTIONS = { c: "[data-copy-link]", u: "[data-log-use]", d: "[data-download]" };

/** Tell the search log that a hit was used from the list. */
function tell(row) {
  const number = results().dataset.searchNumber;
  if (!number) return;
  const words = new URLSearchParams({ asset: row.dataset.asset, page: row.dataset.page, position: row.dataset.position });
  fetch(`/search/${number}/click`, { method: "POST", body: words, headers: { "X-CSRFToken": token }, keepalive: true }).catch(() => {});
}

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copyLink);
  said.textContent = "The link is copied.";
  button.classList.add("is-done");
  setTimeout(() => button.classList.remove("is-done"), 1500);
  tell(button.closest("[data-hit-row]"));
}

/** Show what the hub answered, if it is meant for the dialog; else say so, and leave the form. */
async function fill(answer) {
  const html = await answer.text();
  if (!html.includes("dialog-title")) {
    complain("That did not work. Reload the page and try again; what you filled in stays here until then.");
    return;
  }
  dialogBody.innerHTML = html;
  dialogBody.querySelector("[data-focus]")?.focus();
}

function complain(words) {
  dialogBody.querySelector("[data-complaint]")?.remove();
  dialogBody.insertAdjacentHTML("afterbegin", '<p class="notice notice-danger" role="alert" data-complaint></p>');
  dialogBody.firstElementChild.textContent = words;
}

/** Show a page's form in the dialog; where that fails, go to the page itself. */
async function openUse(address) {
  try {
    const answer = await fetch(address, { headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected) throw new Error("not for the dialog");
    await fill(answer);
    if (!dialog.open) dialog.showModal();
  } catch {
    location.assign(address);
  }
}

async function send(form, submitter) {
  const isPost = form.method === "post";
  const words = new URLSearchParams(new FormData(form, submitter));
  const address = isPost ? form.action : `${form.action}?${words}`;
  try {
    const answer = await fetch(address, { method: form.method, body: isPost ? words : undefined, headers: { "HX-Request": "true" } });
    if (answer.redirected) location.assign(answer.url);
    else await fill(answer);
  } catch {
    complain("The hub did not answer. Nothing was logged: try again.");
  }
}

function preview(row) {
  const pane = document.querySelector("[data-preview-pane]");
  const source = row?.querySelector("[data-preview]");
  if (!pane) return;
  pane.hidden = !source;
  if (!source) return;
  const image = pane.querySelector("img");
  if (image.getAttribute("src") !== source.dataset.preview) image.src = source.dataset.preview;
  pane.querySelector("figcaption").textContent = source.dataset.caption;
}

function refresh() {
  for (const button of document.querySelectorAll("[data-copy-link]")) button.hidden = !navigator.clipboard;
  preview(document.querySelector("[data-hit-row]:has([data-preview])"));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy-link]");
  if (button) copy(button);
  const use = event.target.closest("a[data-log-use]");
  if (use && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    openUse(use.href);
  }
});

dialogBody?.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.target, event.submitter);
});

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.("[data-hit-row]");
  if (!row || isTyping(event) || !singleKeysOn()) return;
  const action = ACTIONS[event.key] && row.querySelector(ACTIONS[event.key]);
  if (!action || action.hidden) return;
  event.preventDefault();
  action.click();
});

for (const kind of ["focusin", "pointerover"]) {
  document.addEventListener(kind, (event) => {
    const row = event.target.closest?.("[data-hit-row]");
    if (row) preview(row);
  });
}

document.addEventListener("results:changed", refresh);
refresh();
