// Uploads a new version with a progress bar, and keeps the chosen file where the server refuses it.

import { keepForNextPage } from "./flashes.js";
import { csrfToken, send, showProgress } from "./transfer.js";

const form = document.querySelector("[data-version-upload]");
const line = form.querySelector("[data-progress]");
const button = form.querySelector("button.btn-primary");

/** The form's data with the file last, so that the server knows all the rest before it arrives. */
function dataWithFileLast() {
  const data = new FormData(form);
  const file = data.get("file");
  data.delete("file");
  data.append("file", file);
  return data;
}

function complain(messages) {
  const notice = document.createElement("div");
  notice.className = "notice notice-danger";
  notice.setAttribute("role", "alert");
  const words = document.createElement("div");
  for (const message of messages) {
    const paragraph = document.createElement("p");
    paragraph.textContent = message;
    words.append(paragraph);
  }
  notice.append(words);
  form.querySelector("[data-problems]").replaceChildren(notice);
  notice.scrollIntoView({ block: "center" });
}

/** The texts at these places of the page that the server answered with. */
function textsIn(page, places) {
  const answer = new DOMParser().parseFromString(page, "text/html");
  return [...answer.querySelectorAll(places)].map((element) => element.textContent.trim());
}

function problemsIn(page) {
  const texts = textsIn(page, ".field-errors li, [data-problems] p, .empty-state > p");
  return texts.length ? texts : ["The server could not take the file just now. It is still chosen: try again."];
}

async function upload() {
  const headers = { "X-CSRFToken": csrfToken(), Accept: "text/html" };
  const transfer = send(form.action, dataWithFileLast(), headers, (sent, total) => showProgress(line, sent, total));
  const answer = await transfer.sent;
  if (answer.status >= 400) complain(problemsIn(answer.text));
  else leaveFor(answer);
  return answer.status < 400;
}

/** Go where the server sent us. Its message was given with the page that this script has had already. */
function leaveFor(answer) {
  keepForNextPage(textsIn(answer.text, ".flashes .notice"));
  location.assign(answer.address);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  let leaving = false;
  try {
    leaving = await upload();
  } catch {
    complain(["The connection broke. The file is still chosen: try again."]);
  }
  button.disabled = leaving;
  line.hidden = !leaving;
});
