// Keeps what is typed into a form until it has been taken, so that an ended session loses nothing.

const form = document.querySelector("[data-keep]");
const taken = document.querySelector("[data-kept]");
const place = (name) => `kept-${name}`;

function store(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(place(name));
    else sessionStorage.setItem(place(name), value);
  } catch {
    // Storage may be switched off; the form is then as any other.
  }
}

function stored(name) {
  try {
    return sessionStorage.getItem(place(name));
  } catch {
    return null;
  }
}

/** What a person typed or chose, by field; never the token. */
function typed() {
  return [...new FormData(form)].filter(([name, value]) => name !== "csrf_token" && value !== "");
}

function restore(fields) {
  for (const [name, value] of fields) {
    for (const field of form.elements) {
      if (field.name !== name) continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === value;
      else if (!field.value) field.value = value;
    }
  }
}

if (taken) store(taken.dataset.kept, null);
if (form) {
  const name = form.dataset.keep;
  const kept = stored(name);
  if (kept && !("keepShown" in form.dataset)) restore(JSON.parse(kept));
  form.addEventListener("input", () => store(name, JSON.stringify(typed())));
}
