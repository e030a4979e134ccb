// Puts the remembered theme on the page before it is first painted. Loaded in <head>, blocking, on purpose.
(() => {
  try {
    const remembered = localStorage.getItem("theme");
    if (remembered === "light" || remembered === "dark") {
      document.documentElement.dataset.theme = remembered;
    }
  } catch {
    // Storage may be switched off; the system's theme is used then.
  }
})();
