// Keeps the conversation on the page. Without this module the form is an ordinary GET form.
// The server writes the markup of an answer; here it is only put in its place.

import { el } from "/static/el.js";
import "/static/feedback.js";

const HISTORY = 6;
const PATIENCE_MS = 90_000;

const form = document.getElementById("vraagformulier");
const field = document.getElementById("vraag");
const button = form.querySelector("button");
const failure = document.getElementById("fout");
const progress = document.getElementById("melding");
const conversation = document.getElementById("gesprek");
const asked = [...conversation.querySelectorAll("[data-question]")].map((shown) => shown.dataset.question);

let busy = false;
let answers = 0;

function chosen() {
  return form.elements.doelgroep.value;
}

function questionLink(question) {
  const choice = chosen();
  return `/?${new URLSearchParams({ vraag: question, ...(choice && { doelgroep: choice }) })}#a0`;
}

/** The nodes of markup that the server wrote. */
function nodesOf(html) {
  return [...new DOMParser().parseFromString(html, "text/html").body.childNodes];
}

// --- an answer on the page -----------------------------------------------------------------------

/** Where an answer is shown while it is still being given. */
function openAnswer(number, typed) {
  const id = `a${number}`;
  const text = el("div", { class: "text" });
  const heading = el("h2", { id: `${id}-vraag`, tabindex: "-1" }, typed);
  const article = el("article", { class: "answer", id, "aria-busy": "true", "aria-labelledby": heading.id }, heading, text);
  conversation.prepend(article);
  return { article, text };
}

function addStatement(text, { item, html }) {
  const node = el(item ? "li" : "p", {}, ...nodesOf(html));
  if (!item) text.append(node);
  else if (text.lastChild?.tagName === "UL") text.lastChild.append(node);
  else text.append(el("ul", {}, node));
}

/** Puts the whole answer in the place of what was shown of it, and the focus on its heading. */
function closeAnswer({ article }, typed, { question, html }) {
  const whole = nodesOf(html).find((node) => node.nodeType === Node.ELEMENT_NODE);
  article.replaceWith(whole);
  // As it was typed: a follow-up on a follow-up finds its subject by itself.
  asked.push(typed);
  // Reloading, or coming back from a source, shows at least this answer again.
  history.replaceState(null, "", questionLink(question));
  document.getElementById("voorbeelden")?.remove();
  document.getElementById("vraag-label").textContent = "Je vervolgvraag";
  document.title = `${typed} - Routewijzer`;
  field.value = "";
  const heading = whole.querySelector("h2");
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "start" });
}

// --- talking to the server -----------------------------------------------------------------------

/** Yields [event, data] for each server-sent event in the body of a response. */
async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = (rest + part.value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const lines = block.split("\n");
      const values = (name) => lines.filter((line) => line.startsWith(name)).map((line) => line.slice(name.length));
      yield [values("event: ")[0] ?? "message", JSON.parse(values("data: ").join("\n"))];
    }
  }
}

/** The events of an answer. Throws an Error with a Dutch message. */
async function* answerTo(question, earlier, number) {
  const response = await fetch("/gesprek", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify({ vraag: question, doelgroep: chosen(), eerder: earlier, nummer: number }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) {
    const problem = await response.json();
    throw new Error(problem.trace_id ? `${problem.error} Kenmerk: ${problem.trace_id}.` : problem.error);
  }
  let whole = false;
  for await (const [event, data] of events(response)) {
    whole ||= event === "answer";
    yield [event, data];
  }
  if (!whole) throw new Error("Het antwoord kwam niet helemaal aan. Probeer het nog eens.");
}

function explain(error) {
  if (error.name === "TimeoutError") return "Het antwoord duurt te lang. Probeer het later nog eens.";
  if (error instanceof TypeError || error instanceof SyntaxError) {
    console.error(error);
    return "Er is geen verbinding met Routewijzer. Probeer het later nog eens.";
  }
  return error.message;
}

function setBusy(now) {
  busy = now;
  button.setAttribute("aria-disabled", String(now));
  progress.classList.toggle("busy", now);
  progress.textContent = now ? "Bezig met zoeken in de documenten…" : "";
}

async function ask(typed, earlier) {
  if (busy) return;
  setBusy(true);
  failure.textContent = "";
  field.removeAttribute("aria-invalid");
  answers += 1;
  let shown = null;
  try {
    for await (const [event, data] of answerTo(typed, earlier, answers)) {
      shown ??= openAnswer(answers, typed);
      if (event === "statement") addStatement(shown.text, data);
      if (event === "answer") {
        setBusy(false);
        closeAnswer(shown, typed, data);
      }
    }
  } catch (error) {
    shown?.article.remove();
    setBusy(false);
    failure.textContent = explain(error);
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(field.value.trim().replace(/\s+/g, " "), asked.slice(-HISTORY));
});

field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

// Example questions and suggestions stand alone, so they are asked without history.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-vraag]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.dataset.doelgroep) form.elements.doelgroep.value = link.dataset.doelgroep;
  field.value = link.dataset.vraag;
  ask(link.dataset.vraag, []);
});

if (asked.length > 0) {
  document.getElementById("vraag-label").textContent = "Je vervolgvraag";
  if (field.value === field.defaultValue) field.value = "";
}
