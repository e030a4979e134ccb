// Asks before a form with data-confirm is sent, and closes menus on Escape or a click elsewhere.

const dialog = document.getElementById("confirm");

/** Open the dialog with the question of a form or button; resolves to whether the person said yes. */
function ask({ dataset }) {
  dialog.querySelector("#confirm-question").textContent = dataset.confirm;
  const yes = dialog.querySelector("#confirm-yes");
  yes.textContent = dataset.confirmYes ?? "Yes";
  yes.className = "confirmDanger" in dataset ? "btn btn-danger" : "btn btn-primary";
  const detail = dialog.querySelector("#confirm-detail");
  detail.textContent = dataset.confirmDetail ?? "";
  detail.hidden = !detail.textContent;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const asking = event.submitter?.dataset.confirm ? event.submitter : form;
  if (!asking.dataset.confirm || form.dataset.confirmed) return;
  event.preventDefault();
  if (!(await ask(asking))) return;
  form.dataset.confirmed = "yes";
  form.requestSubmit(event.submitter);
  delete form.dataset.confirmed;
});

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details[data-menu][open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

document.querySelector("[data-focus-first]")?.focus();
