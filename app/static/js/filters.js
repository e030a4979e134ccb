// Keeps the filters open beside the results on a wide screen, and folded on a phone.

const wide = matchMedia("(min-width: 62rem)");

function fold() {
  for (const sheet of document.querySelectorAll("[data-facets]")) sheet.open = wide.matches;
}

fold();
wide.addEventListener("change", fold);
document.addEventListener("results:changed", fold);
