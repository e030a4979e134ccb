// The button that switches between light and dark, and remembers the choice on this device.

const root = document.documentElement;
const systemDark = matchMedia("(prefers-color-scheme: dark)");

const current = () => root.dataset.theme ?? (systemDark.matches ? "dark" : "light");
const other = () => (current() === "dark" ? "light" : "dark");

function name(button) {
  button.querySelector("[data-theme-words]").textContent = `Switch to ${other()} colours`;
  button.title = `Switch to ${other()} colours`;
}

function switchTheme(button) {
  root.dataset.theme = other();
  try {
    localStorage.setItem("theme", root.dataset.theme);
  } catch {
    // Without storage the choice holds for this page only.
  }
  name(button);
}

for (const button of document.querySelectorAll("[data-theme-toggle]")) {
  button.hidden = false;
  name(button);
  button.addEventListener("click", () => switchTheme(button));
  systemDark.addEventListener("change", () => name(button));
}
