// Keeps the conversation on the page. Without this module the form is an ordinary GET form.
// Data reaches the page only as text nodes and attributes, never as markup.

import { el } from "/static/el.js";
import { feedbackForm } from "/static/feedback.js";

const STATUS = {
  answered: ["Beantwoord", "Het antwoord staat in de documenten."],
  partial: ["Gedeeltelijk beantwoord", "De documenten geven antwoord op een deel van je vraag."],
  not_found: ["Niet gevonden", "De documenten geven geen antwoord op je vraag."],
  out_of_scope: [
    "Buiten het onderwerp",
    "Routewijzer geeft alleen antwoord op vragen over de Mkb-route in het hbo.",
  ],
};
const WHOM_TO_ASK =
  "Vraag het aan het programma Mkb-route in het hbo, of aan de hogeschool waarmee je samenwerkt.";
const AUDIENCES = ["bedrijf", "hogeschool"];
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
let publishers = null;

function section(kind, heading, ...children) {
  return el("section", { class: kind }, el("h3", {}, heading), ...children);
}

function dutchDate(published) {
  const parts = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(published ?? "");
  if (!parts) return published ?? "";
  const [, year, month, day] = parts;
  const shape = { year: "numeric", month: "long", ...(day && { day: "numeric" }), timeZone: "UTC" };
  return new Intl.DateTimeFormat("nl-NL", shape).format(Date.UTC(year, month - 1, day ?? 1));
}

function sourceLink(place) {
  const span = new URLSearchParams({ versie: place.version_id, start: place.start, end: place.end });
  return `/bron/${encodeURIComponent(place.document_id)}?${span}#citaat`;
}

function questionLink(question) {
  const choice = chosen();
  return `/?${new URLSearchParams({ vraag: question, ...(choice && { doelgroep: choice }) })}#a0`;
}

function chosen() {
  return form.elements.doelgroep.value;
}

// --- from an answer to nodes, the same markup as templates/answer.html ---------------------------

function cites(id, numbers) {
  return numbers.map((number) =>
    el("a", { class: "cite", href: `#${id}-bron-${number}`, "aria-label": `Bron ${number}` }, `[${number}]`),
  );
}

function textOf(id, statements) {
  const text = el("div", { class: "text" });
  for (const statement of statements) {
    const item = statement.kind === "item";
    const node = el(item ? "li" : "p", {}, `${statement.text}\u00a0`, ...cites(id, statement.citations));
    if (!item) text.append(node);
    else if (text.lastChild?.tagName === "UL") text.lastChild.append(node);
    else text.append(el("ul", {}, node));
  }
  return text;
}

function place(section, page, link, number = null) {
  const where = [section, page === null ? "" : `pagina ${page}`].filter(Boolean).join(", ");
  const hidden = number === null ? null : el("span", { class: "hidden" }, ` (bron ${number})`);
  return el("p", { class: "place" }, where && `${where}. `, el("a", { href: link }, "Lees dit in het document", hidden));
}

function sourcesOf(id, citations, names) {
  const documents = new Map();
  for (const cited of citations) {
    documents.set(cited.document_id, [...(documents.get(cited.document_id) ?? []), cited]);
  }
  return [...documents].map(([document_id, cited]) => {
    const { title, published, url } = cited[0];
    const facts = [names[document_id], dutchDate(published)].filter(Boolean).join(", ");
    const link = /^https?:\/\//.test(url ?? "")
      ? el("a", { href: url, rel: "external noreferrer" }, "Naar het oorspronkelijke document")
      : null;
    const quotes = cited.map((citation) =>
      el(
        "li",
        { id: `${id}-bron-${citation.number}`, tabindex: "-1" },
        el("span", { class: "number" }, `[${citation.number}]`),
        el(
          "div",
          {},
          el("blockquote", {}, citation.quote),
          place(citation.section, citation.page, sourceLink(citation), citation.number),
        ),
      ),
    );
    return el(
      "div",
      { class: "source" },
      el("h4", {}, title),
      facts || link ? el("p", { class: "facts" }, facts && `${facts}. `, link) : null,
      el("ul", {}, ...quotes),
    );
  });
}

function nearestOf(passages) {
  return passages.map((passage) =>
    el(
      "div",
      { class: "source" },
      el("h4", {}, passage.title),
      el("blockquote", {}, passage.text),
      place(passage.section, null, sourceLink(passage)),
    ),
  );
}

function accountOf({ engine, edition, trace_id }) {
  const how =
    engine === "extractive"
      ? "Antwoorden komen letterlijk uit de documenten, controleer ze daar."
      : "Een taalmodel schreef dit antwoord op basis van de documenten, controleer het daar.";
  return `Automatische assistent. ${how} Werkwijze: ${engine}. Editie: ${edition}. Kenmerk: ${trace_id}.`;
}

/** What the status means. An answer without statements explains itself in its own text. */
function explanationOf({ status, statements, text }) {
  const told = (statements.length ? "" : text) || STATUS[status][1];
  return status === "not_found" ? `${told} ${WHOM_TO_ASK}` : told;
}

function suggestionsOf(suggestions) {
  const links = suggestions.map((text) =>
    el("li", {}, el("a", { href: questionLink(text), "data-vraag": text }, text)),
  );
  return el("ul", { class: "links" }, ...links);
}

function render(typed, answer, nearest, names) {
  answers += 1;
  const id = `a${answers}`;
  const label = STATUS[answer.status][0];
  const heading = el("h2", { id: `${id}-vraag`, tabindex: "-1", lang: answer.language }, typed);
  const differs = answer.question !== typed;
  const parts = [
    heading,
    differs ? el("p", { class: "understood" }, "Zo heb ik je vraag begrepen: ", el("q", {}, answer.question)) : null,
    el("p", { class: `status status-${answer.status}` }, el("strong", {}, `${label}.`), ` ${explanationOf(answer)}`),
    answer.statements.length ? textOf(id, answer.statements) : null,
    answer.uncovered.length
      ? section(
          "uncovered",
          "Hierover staat niets in de documenten",
          el("ul", {}, ...answer.uncovered.map((part) => el("li", {}, part))),
        )
      : null,
    nearest.length
      ? section("nearest", "Dit komt in de buurt, maar geeft geen antwoord", ...nearestOf(nearest))
      : null,
    answer.citations.length ? section("sources", "Bronnen", ...sourcesOf(id, answer.citations, names)) : null,
    answer.suggestions.length ? section("next", "Vraag ook eens", suggestionsOf(answer.suggestions)) : null,
    "mening" in conversation.dataset ? feedbackForm(answer) : null,
    el("p", { class: "account" }, accountOf(answer)),
    el(
      "p",
      { class: "actions" },
      el("a", { href: "#vraag" }, "Stel een vervolgvraag"),
      el("a", { href: questionLink(answer.question) }, "Link naar dit antwoord"),
      el("a", { href: "/" }, "Begin opnieuw"),
    ),
  ];
  const shown = { class: "answer", id, "aria-labelledby": `${id}-vraag` };
  conversation.prepend(el("article", shown, ...parts));
  return heading;
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

/** The answer and the nearest passages. Throws an Error with a Dutch message. */
async function fetchAnswer(question, earlier) {
  const choice = chosen();
  const response = await fetch("/api/chat", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify({
      question,
      audience: AUDIENCES.includes(choice) ? choice : null,
      history: earlier,
    }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) {
    const problem = await response.json();
    throw new Error(problem.trace_id ? `${problem.error} Kenmerk: ${problem.trace_id}.` : problem.error);
  }
  let nearest = [];
  for await (const [event, data] of events(response)) {
    if (event === "nearest") nearest = data;
    if (event === "answer") return { answer: data, nearest };
  }
  throw new Error("Het antwoord kwam niet helemaal aan. Probeer het nog eens.");
}

/** Publisher by document id; asked once. A page without publishers is still a good page. */
function publishersOnce() {
  publishers ??= fetch("/api/documents")
    .then((response) => response.json())
    .then((documents) => Object.fromEntries(documents.map(({ id, publisher }) => [id, publisher])))
    .catch((error) => {
      console.warn("Publishers are not shown", error);
      return {};
    });
  return publishers;
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
  try {
    const [{ answer, nearest }, names] = await Promise.all([fetchAnswer(typed, earlier), publishersOnce()]);
    setBusy(false);
    showAnswer(typed, answer, nearest, names);
  } catch (error) {
    setBusy(false);
    failure.textContent = explain(error);
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }
}

function showAnswer(typed, answer, nearest, names) {
  const heading = render(typed, answer, nearest, names);
  asked.push(answer.question);
  // Reloading, or coming back from a source, shows at least this answer again.
  history.replaceState(null, "", questionLink(answer.question));
  document.getElementById("voorbeelden")?.remove();
  document.getElementById("vraag-label").textContent = "Je vervolgvraag";
  document.title = `${typed} - Routewijzer`;
  field.value = "";
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "start" });
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
