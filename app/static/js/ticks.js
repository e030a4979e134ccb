// Ticks all boxes of a list at once, and says how many are ticked. Without it each is ticked by hand.

for (const form of document.querySelectorAll("[data-ticks]")) {
  const boxes = [...form.querySelectorAll('input[name="asset"]')];
  const line = form.querySelector("[data-tick-all]");
  const all = line.querySelector("input");
  const told = form.querySelector("[data-ticked]");

  function tell() {
    const count = boxes.filter((box) => box.checked).length;
    all.checked = count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
    told.textContent = count ? `${count} ticked` : "None is ticked yet";
  }

  line.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    tell();
  });
  for (const box of boxes) box.addEventListener("change", tell);
  tell();
}
