// Keeps the page of a job up to date. Without this module, also when it does not arrive because the
// server stopped just then, the page reloads itself.

const EVERY_MS = 700;
const state = document.getElementById("stand");
const told = document.getElementById("melding");

function isOpen() {
  return state.querySelector("[data-open]")?.dataset.open === "ja";
}

function words() {
  return state.querySelector(".notice, label")?.textContent.trim() ?? "";
}

/** Until the server answers again, and its words take the place of these. */
function sayAway() {
  if (state.querySelector(".away")) return;
  const note = document.createElement("p");
  note.className = "notice away";
  note.textContent = "De verbinding is even weg; we proberen het opnieuw.";
  state.append(note);
  told.textContent = note.textContent;
}

async function look() {
  try {
    const response = await fetch(state.dataset.adres);
    if (response.redirected || response.status === 401) {
      location.reload(); // signed out meanwhile: the page leads to signing in
      return;
    }
    if (response.ok) {
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      state.replaceChildren(...page.body.childNodes);
      if (told.textContent !== words()) told.textContent = words();
    }
  } catch (error) {
    console.error(error); // ask again
    sayAway();
  }
  if (isOpen()) setTimeout(look, EVERY_MS);
}

/** From here on the page need not reload itself. Taking the element away is not enough for that. */
function takeOver() {
  window.stop();
  if (isOpen()) setTimeout(look, EVERY_MS);
}

document.querySelector("head > meta[http-equiv=refresh]")?.remove();
// Not before all of the page is there: nothing is loaded after it.
if (document.readyState === "complete") takeOver();
else window.addEventListener("load", takeOver);
