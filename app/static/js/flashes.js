// Shows messages that a script was given for the page that it then opened.

const KEY = "flashes";

export function keepForNextPage(messages) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(messages));
  } catch {
    // Without storage the page itself has to say it.
  }
}

function show(message) {
  const notice = document.createElement("div");
  const words = document.createElement("p");
  notice.className = "notice notice-success";
  words.textContent = message;
  notice.append(words);
  document.querySelector(".flashes").append(notice);
}

try {
  for (const message of JSON.parse(sessionStorage.getItem(KEY) ?? "[]")) show(message);
  sessionStorage.removeItem(KEY);
} catch {
  // Without storage there is nothing to show.
}
