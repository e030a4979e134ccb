// Marks the page being read in the list of pages, and turns pages with the keys n and p.

import { isTyping, singleKeysOn } from "./keys.js";

const reader = document.querySelector("[data-reader]");
const sheets = reader ? [...reader.querySelectorAll(".sheet")] : [];
const links = new Map(
  [...(reader?.querySelectorAll("nav a") ?? [])].map((link) => [link.hash.slice(1), link]),
);
let here = 0;
let held = false;

/** Mark this sheet's link, and keep it in sight inside its own list (never move the page). */
function mark(index) {
  here = index;
  for (const link of links.values()) link.removeAttribute("aria-current");
  const link = links.get(sheets[index].id);
  if (!link) return;
  link.setAttribute("aria-current", "true");
  const list = link.closest("nav");
  const [top, bottom] = [link.offsetTop - list.offsetTop, link.offsetTop + link.offsetHeight - list.offsetTop];
  if (top < list.scrollTop || bottom > list.scrollTop + list.clientHeight) list.scrollTop = top - list.clientHeight / 2;
}

function turn(step) {
  const next = Math.min(Math.max(here + step, 0), sheets.length - 1);
  hold(next);
  location.hash = sheets[next].id;
  sheets[next].focus({ preventScroll: true });
}

/** A page that was asked for is "here" until the person scrolls, also where it cannot reach the top. */
function hold(index) {
  held = true;
  mark(index);
}

/** Follow the reading: the first sheet in the upper part of the window, below the top bar, is "here". */
function watch() {
  const visible = new Set();
  const barHeight = getComputedStyle(document.documentElement).scrollPaddingTop;
  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) visible[entry.isIntersecting ? "add" : "delete"](sheets.indexOf(entry.target));
      if (visible.size && !held) mark(Math.min(...visible));
    },
    { rootMargin: `-${parseInt(barHeight, 10)}px 0px -65% 0px` },
  );
  for (const sheet of sheets) seen.observe(sheet);
}

function followAddress() {
  const named = sheets.findIndex((sheet) => `#${sheet.id}` === decodeURIComponent(location.hash));
  if (named >= 0) hold(named);
}

if (sheets.length > 1) {
  watch();
  followAddress();
  addEventListener("hashchange", followAddress);
  for (const kind of ["wheel", "touchmove", "pointerdown"]) addEventListener(kind, () => (held = false), { passive: true });
  reader.querySelector("[data-keys]").hidden = !singleKeysOn();
  document.addEventListener("keydown", (event) => {
    if (isTyping(event) || !singleKeysOn()) return;
    if (event.key === "n") turn(1);
    if (event.key === "p") turn(-1);
  });
}
