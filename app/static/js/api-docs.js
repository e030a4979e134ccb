// Starts Swagger UI on the API page, without its outside validator, and mends what it leaves a screen reader.

const place = document.getElementById("api-docs");

/** Its heading levels would contradict the page that it stands in. */
function mend() {
  for (const heading of place.querySelectorAll("h3:not([aria-level])")) heading.setAttribute("aria-level", "2");
  for (const heading of place.querySelectorAll("h4:not([aria-level]), h5:not([aria-level])")) heading.setAttribute("aria-level", "3");
}

new MutationObserver(mend).observe(place, { childList: true, subtree: true });

window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.openapi,
  deepLinking: false,
  validatorUrl: null,
  syntaxHighlight: false,
  presets: [window.SwaggerUIBundle.presets.apis],
});
