// A card with the source, beside its number in the answer. What is on it stands in the list of
// sources, too: a reader without a pointer or without this module misses nothing.
//
// WCAG 2.2, 1.4.13: Escape takes it away, a pointer can move onto it, and it stays until it is left.

import { el } from "/static/el.js";

const OPEN_MS = 120;
const CLOSE_MS = 250;
const GAP = 8;

const card = el("div", { id: "bronkaart", class: "source-card", role: "tooltip", hidden: "" });
document.body.append(card);

let owner = null;
let waiting = 0;

/** A copy of a part of the page, without the ids that may be there only once. */
function copyOf(node) {
  const copy = node.cloneNode(true);
  for (const hidden of copy.querySelectorAll(".hidden, a")) hidden.remove();
  return copy;
}

function fill(item) {
  const source = item.closest(".source");
  const title = source.querySelector("h4");
  const parts = [el("p", { class: "source-card-title", lang: title.getAttribute("lang") }, title.textContent)];
  for (const part of [item.querySelector(".place"), source.querySelector(".facts"), item.querySelector("blockquote")]) {
    if (part && copyOf(part).textContent.trim()) parts.push(copyOf(part));
  }
  card.replaceChildren(...parts);
}

/** Under the number, or above it where there is no room; never wider than the window. */
function place(link) {
  const at = link.getBoundingClientRect();
  const width = card.offsetWidth;
  const left = Math.max(GAP, Math.min(at.left, document.documentElement.clientWidth - width - GAP));
  const below = at.bottom + GAP + card.offsetHeight <= window.innerHeight || at.top < card.offsetHeight + GAP;
  const top = below ? at.bottom + GAP : at.top - GAP - card.offsetHeight;
  card.style.left = `${left + window.scrollX}px`;
  card.style.top = `${top + window.scrollY}px`;
}

function show(link) {
  clearTimeout(waiting);
  const item = document.getElementById(link.hash.slice(1));
  if (!item || owner === link) return;
  hide();
  fill(item);
  card.hidden = false;
  place(link);
  owner = link;
  link.setAttribute("aria-describedby", card.id);
}

function hide() {
  clearTimeout(waiting);
  owner?.removeAttribute("aria-describedby");
  owner = null;
  card.hidden = true;
}

function later(act, ms) {
  clearTimeout(waiting);
  waiting = setTimeout(act, ms);
}

const citation = (event) => event.target.closest?.("a.cite");

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const link = citation(event);
  if (link) later(() => show(link), OPEN_MS);
  else if (card.contains(event.target)) clearTimeout(waiting);
  else if (owner && owner !== document.activeElement) later(hide, CLOSE_MS);
  else if (!owner) clearTimeout(waiting);
});
document.addEventListener("focusin", (event) => {
  const link = citation(event);
  if (link?.matches(":focus-visible")) show(link);
  else hide();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || card.hidden) return;
  event.preventDefault(); // a window around this page stays open
  hide();
});
document.addEventListener("click", (event) => {
  if (!card.contains(event.target)) hide();
});
// Its place is no longer right.
window.addEventListener("resize", hide);
