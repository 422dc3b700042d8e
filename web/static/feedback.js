// "Heb je hier iets aan?" without leaving the page. Without this module the form goes to /mening.

import { el } from "/static/el.js";
import { words } from "/static/words.js";

const MAX_WORD = 200;
let forms = 0;

function hidden(trace_id, question) {
  return [
    el("input", { type: "hidden", name: "kenmerk", value: trace_id }),
    el("input", { type: "hidden", name: "vraag", value: question }),
  ];
}

/** The form that asks what was missing. */
function wordForm(trace_id, question) {
  forms += 1;
  const id = `woord-${forms}`;
  return el(
    "form",
    { class: "feedback", action: "/mening", method: "post" },
    ...hidden(trace_id, question),
    el("input", { type: "hidden", name: "nuttig", value: "nee" }),
    el("label", { class: "field-label", for: id }, words.missed),
    el("p", { id: `${id}-hint`, class: "hint" }, words.no_names),
    el("input", { id, name: "woord", maxlength: String(MAX_WORD), "aria-describedby": `${id}-hint` }),
    el("button", { type: "submit" }, words.send),
  );
}

async function send(given) {
  const response = await fetch("/api/feedback", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(given),
  });
  if (!response.ok) throw new Error(`feedback: ${response.status}`);
}

function told(line) {
  return el("p", { class: "feedback", role: "status", tabindex: "-1" }, line);
}

/** Puts what comes next in the place of the form, and the focus on it. */
function replace(form, next) {
  form.replaceWith(next);
  (next.querySelector("input:not([type=hidden])") ?? next).focus();
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form.feedback");
  if (!form) return;
  event.preventDefault();
  const field = (name) => form.querySelector(`input[name=${name}]`)?.value ?? "";
  const vote = event.submitter?.value || field("nuttig");
  const [trace_id, question, word] = ["kenmerk", "vraag", "woord"].map(field);
  const helpful = vote === "ja";
  for (const button of form.querySelectorAll("button")) button.disabled = true;
  try {
    // The question comes along only with a "no": otherwise it is not kept.
    await send(helpful ? { trace_id, helpful } : { trace_id, helpful, question, word });
    const first = form.querySelector("input[name=woord]") === null;
    replace(form, !helpful && first ? wordForm(trace_id, question) : told(words.thanks));
  } catch (error) {
    console.error(error);
    replace(form, told(words.not_sent));
  }
});
