// Sends files one by one and shows how far each is. Without this module the form does it at once.

const LOOK_EVERY_MS = 500;
const MB = 1_000_000;

const form = document.getElementById("toevoegen");
const input = document.getElementById("bestanden");
const box = document.getElementById("vak");
const list = document.getElementById("lijst");
const error = document.getElementById("fout");
const told = document.getElementById("melding");

let chosen = []; // {files, row} for each file, or for all together with a manifest
let busy = false;

function make(tag, text = "", name = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  if (name) element.className = name;
  return element;
}

function size(file) {
  return file.size < MB ? `${Math.ceil(file.size / 1000)} kB` : `${(file.size / MB).toLocaleString("nl", { maximumFractionDigits: 1 })} MB`;
}

function refusal(file) {
  if (file.size === 0) return "Dit bestand is leeg, of het is een map. Maak van een map een ZIP.";
  const zip = file.name.toLowerCase().endsWith(".zip");
  const most = Number(zip ? input.dataset.maxZip : input.dataset.max);
  return file.size > most * MB ? `Dit bestand is te groot (${size(file)}). Ten hoogste ${most} MB.` : "";
}

// --- choosing ---------------------------------------------------------------------------------

function add(files) {
  if (busy || !files.length) return;
  if (!input.multiple) chosen = [];
  for (const file of input.multiple ? files : [files[0]]) {
    const same = (f) => f.name === file.name && f.size === file.size && f.lastModified === file.lastModified;
    if (!chosen.some(({ files: [f] }) => same(f))) chosen.push({ files: [file] });
  }
  draw();
  told.textContent = `${chosen.length} ${chosen.length === 1 ? "bestand" : "bestanden"} gekozen.`;
}

function draw() {
  list.replaceChildren(...chosen.map(makeRow));
  list.hidden = !chosen.length;
  error.textContent = "";
}

function makeRow(one) {
  const [file] = one.files;
  const row = make("li");
  const head = make("div", "", "upload-name");
  head.append(make("strong", file.name), make("span", size(file), "facts"));
  const away = make("button", "Haal weg", "button-quiet");
  away.type = "button";
  away.setAttribute("aria-label", `Haal ${file.name} weg`);
  away.addEventListener("click", () => {
    chosen = chosen.filter((other) => other !== one);
    draw();
    input.focus();
  });
  head.append(away);
  const state = make("div");
  const wrong = refusal(file);
  if (wrong) state.append(make("p", wrong, "failed"));
  row.append(head, state);
  Object.assign(one, { name: file.name, away, state, wrong });
  return row;
}

input.addEventListener("change", () => {
  add([...input.files]);
  input.value = ""; // they are in the list now, and the same may be chosen again
});

box.querySelector(".drop-hint").hidden = false;
for (const kind of ["dragenter", "dragover"]) {
  box.addEventListener(kind, (event) => {
    event.preventDefault();
    box.classList.add("over");
  });
}
for (const kind of ["dragleave", "drop"]) box.addEventListener(kind, () => box.classList.remove("over"));
box.addEventListener("drop", (event) => {
  event.preventDefault();
  add([...event.dataTransfer.files]);
});
// A file that is dropped beside the box must not take the place of the page.
for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => event.preventDefault());

// --- sending ----------------------------------------------------------------------------------

function bar(one, label, done, total) {
  const shown = one.state.querySelector("progress") ?? make("progress");
  const words = one.state.querySelector("p") ?? make("p");
  words.textContent = total ? `${label} (${Math.round((100 * done) / total)}%)` : label;
  shown.setAttribute("aria-label", `${one.name}: ${label}`);
  if (total) {
    shown.max = total;
    shown.value = done;
  } else {
    shown.removeAttribute("value");
  }
  if (!shown.parentNode) one.state.replaceChildren(words, shown);
}

function fail(one, message) {
  one.failed = true;
  one.state.replaceChildren(make("p", message, "failed"));
  told.textContent = `${one.name}: niet gelukt. ${message}`;
}

function send(one) {
  const data = new FormData(form);
  data.delete("bestanden");
  data.delete("adres");
  for (const file of one.files) data.append("bestanden", file);
  const request = new XMLHttpRequest(); // fetch does not tell how much was sent
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("X-Form-Token", data.get("formulier"));
  request.upload.addEventListener("progress", (event) => bar(one, "Versturen", event.loaded, event.total));
  return new Promise((resolve) => {
    request.addEventListener("load", () => resolve(request));
    request.addEventListener("error", () => resolve(request));
    request.send(data);
  });
}

function answerOf(request) {
  if (!request.status) return { error: "De verbinding viel weg. Misschien is het bestand te groot. Probeer het nog eens." };
  try {
    return JSON.parse(request.responseText);
  } catch {
    return { error: request.status === 401 ? request.responseText : `Het ging mis bij ons (${request.status}). Probeer het later nog eens.` };
  }
}

async function follow(one, address) {
  for (;;) {
    try {
      const response = await fetch(`${address}/stand`);
      if (response.status === 401 || response.redirected) return fail(one, "Je bent niet meer ingelogd. Het inlezen gaat door; log opnieuw in.");
      if (response.ok && show(one, new DOMParser().parseFromString(await response.text(), "text/html"))) return;
    } catch (problem) {
      console.error(problem); // ask again
      bar(one, "De verbinding is even weg; we proberen het opnieuw", 0, 0);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** Show how a job stands, from the part of its page that changes; true when it has ended. */
function show(one, page) {
  const job = page.querySelector("[data-open]");
  if (job.dataset.open === "ja") {
    const shown = page.querySelector("progress");
    bar(one, page.querySelector("label").textContent.trim(), shown.position < 0 ? 0 : shown.value, shown.position < 0 ? 0 : shown.max);
    return false;
  }
  const wrong = page.querySelector(".notice-error");
  if (wrong) {
    fail(one, wrong.lastChild.textContent.trim());
    return true;
  }
  one.state.replaceChildren(...page.querySelectorAll("ul, .button"));
  one.state.querySelector(".button")?.setAttribute("class", "");
  told.textContent = `${one.name} is ingelezen.`;
  return true;
}

function together() {
  if (!chosen.some(({ name }) => name === "manifest.toml")) return chosen;
  // A manifest says which files belong to it: they go in one piece.
  const [first, ...others] = chosen;
  for (const other of others) {
    other.state.replaceChildren(make("p", "Gaat mee met het manifest.", "facts"));
    first.files.push(...other.files);
  }
  return [first];
}

async function readAll() {
  busy = true;
  form.classList.add("reading"); // only the list is left to look at
  for (const { away } of chosen) away.remove();
  const piles = together();
  const todo = piles.filter(({ wrong }) => !wrong);
  let followed = Promise.resolve(); // they are read in this order: only one is asked for at a time
  for (const one of todo) {
    bar(one, "Versturen", 0, 0);
    const answer = answerOf(await send(one));
    if (answer.error) fail(one, answer.error);
    else {
      bar(one, "Wacht op zijn beurt", 0, 0);
      followed = followed.then(() => follow(one, answer.address));
    }
  }
  await followed;
  finish(todo.filter((one) => !one.failed).length, piles.length);
}

function finish(count, total) {
  const words = `Klaar: ${count} van ${total} ingelezen.`;
  const links = make("p", "", "buttons");
  if (count) {
    const drafts = make("a", "Naar de concepten", "button");
    drafts.href = "/beheer/documenten?staat=draft";
    links.append(drafts);
  }
  const again = make("a", count ? "Nog meer toevoegen" : "Opnieuw proberen", count ? "button button-secondary" : "button");
  again.href = form.action;
  links.append(again);
  const end = make("div");
  end.tabIndex = -1;
  end.append(make("p", words, count === total ? "notice notice-good" : "notice"), links);
  list.after(end);
  told.textContent = words;
  end.focus();
}

form.addEventListener("submit", (event) => {
  if (!chosen.length && form.elements.adres?.value.trim()) return; // an address: the form itself
  event.preventDefault();
  if (busy) return;
  if (!chosen.length) {
    error.textContent = "Kies eerst een of meer bestanden, of vul een webadres in.";
    input.focus();
  } else if (form.elements.adres?.value.trim()) {
    error.textContent = "Kies bestanden óf een webadres, niet allebei tegelijk.";
    form.elements.adres.focus();
  } else if (chosen.length > 1 && (form.elements.titel.value.trim() || form.elements.id?.value.trim())) {
    error.textContent = "Een titel of id past bij één bestand. Laat titel en id leeg; je kunt ze daarna per document aanpassen.";
    form.querySelector("details").open = true;
    form.elements.titel.focus();
  } else {
    readAll();
  }
});
