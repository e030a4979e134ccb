// Takes what was chosen in one form along when another one on the page is sent, such as a search.

for (const form of document.querySelectorAll("[data-carries]")) {
  form.addEventListener("formdata", (event) => {
    const other = document.querySelector(form.dataset.carries);
    if (!other) return;
    for (const [name, value] of new FormData(other)) {
      if (name !== "csrf_token" && !event.formData.has(name)) event.formData.set(name, value);
    }
  });
}
