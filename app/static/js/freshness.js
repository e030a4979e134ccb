// Is my copy current? Hashes files here and sends the hashes alone; a folder can be dropped as a whole.

import { sha256 } from "../vendor/noble/sha2.js";
import { csrfToken } from "./transfer.js";

const WHOLE = 64 * 1024 * 1024;
const form = document.querySelector("[data-freshness]");
const most = Number(form.dataset.most);
const zone = form.querySelector("[data-dropzone]");
const verdicts = document.querySelector("[data-verdicts]");
const rows = verdicts.querySelector("tbody");
const pagesForm = document.querySelector("[data-pages-form]");
const say = (words) => (form.querySelector("[data-progress]").textContent = words);
const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** The SHA-256 of a file: by the browser where it can, piece by piece where it is large. */
async function hashOf(file) {
  if (file.size <= WHOLE && crypto.subtle) return hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  const hash = sha256.create();
  const reader = file.stream().getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) hash.update(piece.value);
  return hex(hash.digest());
}

async function ask(hashes) {
  const body = new URLSearchParams({ hashes: hashes.join("\n") });
  const headers = { "X-CSRFToken": csrfToken(), "X-Freshness": "rows" };
  const answer = await fetch(form.action, { method: "POST", headers, body });
  if (!answer.ok) throw new Error("refused");
  return document.createRange().createContextualFragment(`<table><tbody>${await answer.text()}</tbody></table>`);
}

/** Add the verdicts of some files, in their order: the answer has a row for each hash asked. */
async function show(files, hashes) {
  const answered = [...(await ask(hashes)).querySelectorAll("tr")];
  answered.forEach((row, place) => {
    row.querySelector("[data-name]").textContent = files[place].path;
    offer(row, files[place]);
  });
  rows.append(...answered);
  verdicts.hidden = false;
  tally();
}

/** Let a file that nobody knows be uploaded after all, to be compared page by page. */
function offer(row, one) {
  const button = row.querySelector("[data-compare]");
  if (!button) return;
  button.hidden = false;
  row.querySelector("[data-without-compare]").hidden = true;
  button.addEventListener("click", () => compare(one.file, button));
}

async function compare(file, button) {
  button.disabled = true;
  say(`Comparing ${file.name} page by page`);
  const body = new FormData();
  body.set("file", file);
  const headers = { "X-CSRFToken": csrfToken(), "X-Freshness": "pages" };
  try {
    const answer = await fetch(pagesForm.action, { method: "POST", headers, body });
    const fragment = document.createRange().createContextualFragment(await answer.text());
    const found = fragment.querySelector(".judged");
    if (!found) throw new Error("refused");
    document.querySelector("[data-judged]").prepend(found);
    found.tabIndex = -1;
    found.focus();
    say("");
  } catch {
    say("The hub could not compare it just now. Nothing is lost: try again in a moment.");
  }
  button.disabled = false;
}

function tally() {
  const counts = {};
  for (const row of rows.children) counts[row.dataset.verdict] = (counts[row.dataset.verdict] ?? 0) + 1;
  const words = Object.entries(counts).map(([verdict, number]) => `${number} ${verdict}`);
  verdicts.querySelector("[data-tally]").textContent = words.join(", ");
  verdicts.querySelector("[data-export]").hidden = !rows.children.length;
}

async function check(files) {
  const read = [];
  const failed = [];
  for (const [place, one] of files.entries()) {
    say(`Reading ${place + 1} of ${files.length}: ${one.path}`);
    try {
      read.push([one, await hashOf(one.file)]);
    } catch {
      failed.push(one.path);
    }
  }
  try {
    for (let start = 0; start < read.length; start += most) {
      const batch = read.slice(start, start + most);
      await show(batch.map(([one]) => one), batch.map(([, hash]) => hash));
    }
    say(failed.length ? `These could not be read: ${failed.join(", ")}` : `${read.length} files checked.`);
  } catch {
    say("The hub could not be asked just now. Nothing is lost: drop the files once more.");
  }
}

/** Every file below a dropped entry, with its path. */
async function below(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [{ path: entry.fullPath.replace(/^\//, ""), file }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return found;
    for (const one of some) found.push(...(await below(one)));
  }
}

/** What a spreadsheet would take for a formula is made text. */
function cell(text) {
  const words = text.replace(/\s+/g, " ").trim();
  return `"${(/^[=+\-@]/.test(words) ? `'${words}` : words).replaceAll('"', '""')}"`;
}

function save() {
  const lines = [...rows.children].map((row) => [...row.cells].map((one) => cell(one.textContent)).join(","));
  const text = ["file,verdict,what it is,what to do", ...lines].join("\r\n");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`\ufeff${text}`], { type: "text/csv" }));
  link.download = "freshness.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}

const chosen = (input) => [...input.files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

form.querySelector("[data-drop]").hidden = false;
pagesForm.addEventListener("submit", (event) => {
  event.preventDefault();
  compare(pagesForm.querySelector("input[type=file]").files[0], event.submitter);
});
for (const input of form.querySelectorAll("input[type=file]")) {
  input.addEventListener("change", () => {
    check(chosen(input));
    input.value = "";
  });
}
for (const kind of ["dragover", "dragleave", "drop"]) {
  zone.addEventListener(kind, (event) => {
    event.preventDefault();
    zone.classList.toggle("is-over", kind === "dragover");
  });
}
zone.addEventListener("drop", async (event) => {
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  check((await Promise.all(entries.map(below))).flat());
});
verdicts.querySelector("[data-export]").addEventListener("click", save);
