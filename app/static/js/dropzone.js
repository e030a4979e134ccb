// Lets files be dropped on the plain file inputs of components/dropzone.html.

const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

function put(input, files) {
  const chosen = new DataTransfer();
  for (const file of input.multiple ? files : [...files].slice(0, 1)) chosen.items.add(file);
  input.files = chosen.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function name(zone, input) {
  const words = zone.querySelector("[data-chosen]");
  words.textContent = [...input.files].map((file) => file.name).join(", ");
  words.hidden = !words.textContent;
}

for (const zone of document.querySelectorAll("[data-dropzone]")) {
  const input = zone.querySelector("input[type=file]");
  input.addEventListener("change", () => name(zone, input));
  zone.addEventListener("dragover", (event) => carriesFiles(event) && zone.classList.add("is-over"));
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget)) zone.classList.remove("is-over");
  });
  zone.addEventListener("drop", (event) => {
    zone.classList.remove("is-over");
    if (carriesFiles(event)) put(input, event.dataTransfer.files);
  });
}

// A file dropped beside the zone must not replace the page, and what was typed in it.
for (const kind of ["dragover", "drop"]) {
  document.addEventListener(kind, (event) => carriesFiles(event) && event.preventDefault());
}
