// Publishes each chosen file by itself: a row with title, kind, progress, cancel and retry; two at a time.

import { csrfToken, send, showProgress, sizeInWords } from "./transfer.js";

const AT_ONCE = 2;
const form = document.querySelector("[data-upload]");
const input = form.querySelector("input[type=file]");
const rows = form.querySelector("[data-rows]");
const template = document.getElementById("upload-row");
const maxBytes = Number(form.dataset.maxMb) * 1024 * 1024;
const files = new Map();
const waiting = [];
let sending = 0;

const part = (row, name) => row.querySelector(`[data-${name}]`);

function titleOf(filename) {
  const words = filename.replace(/\.[^.]+$/, "").replace(/[_\s]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function announce(words) {
  form.querySelector("[data-announce]").textContent = words;
}

/** Put a row into a state: ready, sending, done or failed; only the fitting buttons are seen. */
function set(row, state) {
  row.dataset.state = state;
  part(row, "cancel").hidden = state !== "sending";
  part(row, "retry").hidden = state !== "failed";
  part(row, "remove").hidden = state === "sending" || state === "done";
  part(row, "fields").hidden = state === "done" || state === "refused";
  if (state !== "sending") part(row, "progress").hidden = true;
}

function say(row, words) {
  const line = document.createElement("p");
  line.className = "field-errors";
  line.textContent = words;
  part(row, "result").replaceChildren(line);
  announce(`${files.get(row).name}: ${words}`);
}

function addRow(file) {
  const row = template.content.firstElementChild.cloneNode(true);
  files.set(row, file);
  part(row, "title").value = titleOf(file.name);
  part(row, "filename").textContent = file.name;
  part(row, "size").textContent = sizeInWords(file.size);
  rows.append(row);
  set(row, "ready");
  if (file.size > maxBytes) refuse(row, file);
}

/** Show what becomes known of an upload while its text is read: title, kind, what it is nearly the same as. */
async function follow(row, tries = 30) {
  const here = row.querySelector("[data-taken-in]");
  if (!here || "done" in here.dataset || !tries) return;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const answer = await fetch(here.dataset.takenIn, { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer?.ok) here.replaceWith(document.createRange().createContextualFragment(await answer.text()));
  follow(row, tries - 1);
}

function refuse(row, file) {
  set(row, "refused");
  say(row, `Too large: ${sizeInWords(file.size)}, at most ${form.dataset.maxMb} MB. Compress its pictures, or add a link to where it lives.`);
}

/** A row's form data. The file goes last, so that the server knows all the rest before it arrives. */
function dataOf(row) {
  const data = new FormData();
  const common = new FormData(form);
  // A title that nobody has touched is only the file's name: the document's own is better.
  const title = part(row, "title").value;
  if (title !== titleOf(files.get(row).name)) data.set("title", title);
  data.set("kind", part(row, "kind").value || common.get("kind"));
  data.set("owner", common.get("owner"));
  for (const name of ["shareable", "allow_duplicate"]) {
    if (common.has(name)) data.set(name, "true");
  }
  if (row.dataset.anyway) data.set("allow_duplicate", "true");
  if (form.dataset.publish) data.set("publish", "true");
  data.set("file", files.get(row));
  return data;
}

function show(row, answer) {
  const fragment = document.createRange().createContextualFragment(answer.text);
  const done = answer.status === 201;
  part(row, "result").replaceChildren(fragment);
  set(row, done ? "done" : "failed");
  if (done) follow(row);
  const anyway = row.querySelector("[data-anyway]");
  if (anyway) {
    anyway.hidden = false;
    part(row, "retry").hidden = true;
  }
  announce(part(row, "result").textContent.replace(/\s+/g, " ").trim());
}

const isFragment = (answer) => answer.status === 201 || (answer.status >= 400 && /^\s*<div class="uploaded/.test(answer.text));

function explain(row, problem) {
  set(row, "failed");
  if (problem.message === "cancelled") say(row, "Cancelled. Nothing was added.");
  else if (problem.message === "unreachable") say(row, "The connection broke. The file is still here: try again.");
  else say(row, "The server could not take it just now. The file is still here: try again.");
}

async function upload(row) {
  set(row, "sending");
  part(row, "result").replaceChildren();
  showProgress(part(row, "progress"), 0, files.get(row).size || 1);
  const headers = { "X-CSRFToken": csrfToken(), Accept: "text/html", "X-Upload": "row" };
  const transfer = send(form.action, dataOf(row), headers, (sent, total) => showProgress(part(row, "progress"), sent, total));
  part(row, "cancel").onclick = transfer.cancel;
  try {
    const answer = await transfer.sent;
    if (!isFragment(answer)) throw new Error("unexpected");
    show(row, answer);
  } catch (problem) {
    explain(row, problem);
  }
}

async function work() {
  while (sending < AT_ONCE && waiting.length) {
    sending += 1;
    upload(waiting.shift()).finally(() => {
      sending -= 1;
      work();
    });
  }
}

function enqueue(row) {
  if (!waiting.includes(row)) waiting.push(row);
  work();
}

function takeOut(row) {
  if (waiting.includes(row)) waiting.splice(waiting.indexOf(row), 1);
  files.delete(row);
  row.remove();
  form.querySelector("[data-rows-section]").hidden = !rows.children.length;
  input.focus();
}

input.required = false;
form.querySelector("[data-without-script]").hidden = true;

input.addEventListener("change", () => {
  for (const file of input.files) addRow(file);
  input.value = "";
  form.querySelector("[data-chosen]").hidden = true;
  form.querySelector("[data-rows-section]").hidden = !rows.children.length;
});

rows.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row]");
  if (event.target.closest("[data-retry]")) enqueue(row);
  if (event.target.closest("[data-remove]")) takeOut(row);
  if (event.target.closest("[data-anyway]")) {
    row.dataset.anyway = "yes";
    enqueue(row);
  }
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  form.dataset.publish = event.submitter?.name ?? "";
  const open = [...rows.children].filter((row) => ["ready", "failed"].includes(row.dataset.state));
  if (!open.length) {
    announce("Choose a file first.");
    input.focus();
  }
  for (const row of open) enqueue(row);
});

addEventListener("beforeunload", (event) => {
  if (sending || waiting.length) event.preventDefault();
});
