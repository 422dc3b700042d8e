// Keeps the conversation on the page. Without this module the form is an ordinary GET form.
// The server writes the markup of an answer; here it is only put in its place.

import { el } from "/static/el.js";
import { words } from "/static/words.js";
import "/static/actions.js";
import "/static/cards.js";
import "/static/feedback.js";

const HISTORY = 6;
const PATIENCE_MS = 90_000;

const form = document.getElementById("vraagformulier");
const field = document.getElementById("vraag");
const button = form.querySelector("button");
const failure = document.getElementById("fout");
const progress = document.getElementById("melding");
const conversation = document.getElementById("gesprek");
const home = new URL(form.action).pathname;
const asked = [...form.querySelectorAll("input[name=eerder]")].map((earlier) => earlier.value);

let busy = false;
let answers = 0;

function chosen() {
  return form.elements.doelgroep.value;
}

/** What goes along with every request: a choice of language that no cookie may hold. */
function language() {
  const taal = document.documentElement.lang;
  return taal === "nl" ? [] : [["taal", taal]];
}

function address(question, earlier) {
  const choice = chosen();
  const fields = [
    ["vraag", question],
    ...earlier.map((before) => ["eerder", before]),
    ...(choice ? [["doelgroep", choice]] : []),
    ...language(),
  ];
  return `${home}?${new URLSearchParams(fields)}#a0`;
}

/** The nodes of markup that the server wrote. */
function nodesOf(html) {
  return [...new DOMParser().parseFromString(html, "text/html").body.childNodes];
}

// --- an answer on the page -----------------------------------------------------------------------

/** Where an answer is shown while it is still being given. */
function openAnswer(number, typed) {
  const from = document.activeElement;
  const id = `a${number}`;
  const text = el("div", { class: "text" });
  const heading = el("h2", { id: `${id}-vraag`, tabindex: "-1" }, typed);
  const article = el("article", { class: "answer", id, "aria-busy": "true", "aria-labelledby": heading.id }, heading, text);
  conversation.append(article);
  document.getElementById("voorbeelden")?.remove();
  heading.scrollIntoView({ block: "start" });
  return { article, text, from };
}

function addStatement(text, { item, html, above }) {
  if (above) text.append(...nodesOf(above));
  const node = el(item ? "li" : "p", {}, ...nodesOf(html));
  if (!item) text.append(node);
  else if (text.lastChild?.tagName === "UL") text.lastChild.append(node);
  else text.append(el("ul", {}, node));
}

/** Puts the whole answer in the place of what was shown of it, and the focus on its heading.
    Returns what became of the question, in a word or two. */
function closeAnswer({ article, from }, typed, earlier, html) {
  const whole = nodesOf(html).find((node) => node.nodeType === Node.ELEMENT_NODE);
  article.replaceWith(whole);
  // As it was typed: a follow-up on a follow-up finds its subject by itself.
  asked.push(typed);
  // Reloading, or coming back from a source, shows at least this answer again.
  history.replaceState(null, "", address(typed, earlier));
  goOn();
  document.title = `${typed} - Routewijzer`;
  field.value = "";
  const heading = whole.querySelector("h2");
  // Who went on to something else meanwhile stays there.
  if ([from, document.body].includes(document.activeElement)) {
    heading.focus({ preventScroll: true });
  }
  return whole.querySelector(".status strong")?.textContent ?? "";
}

function goOn() {
  document.getElementById("vraag-label").textContent = words.next;
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

/** The events of an answer. Throws an Error with a message for the reader. */
async function* answerTo(question, earlier, number) {
  const response = await fetch(`/gesprek?${new URLSearchParams(language())}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify({ vraag: question, doelgroep: chosen(), eerder: earlier, nummer: number, venster: home !== "/" }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) {
    const problem = await response.json();
    throw new Error(problem.trace_id ? `${problem.error} ${words.trace} ${problem.trace_id}` : problem.error);
  }
  let whole = false;
  for await (const [event, data] of events(response)) {
    whole ||= event === "answer";
    yield [event, data];
  }
  if (!whole) throw new Error(words.incomplete);
}

function explain(error) {
  if (error.name === "TimeoutError") return words.slow;
  if (error instanceof TypeError || error instanceof SyntaxError) {
    console.error(error);
    return words.offline;
  }
  return error.message;
}

function setBusy(now, said = "") {
  busy = now;
  button.setAttribute("aria-disabled", String(now));
  progress.classList.toggle("busy", now);
  // When it is there, the heading of the answer has the focus: only a screen reader is told.
  progress.classList.toggle("hidden", !now);
  progress.textContent = now ? words.busy : said;
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
        const status = closeAnswer(shown, typed, earlier, data.html);
        setBusy(false, `${words.ready} ${status}`);
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
