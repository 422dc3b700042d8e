// Copy, share and print an answer. Without this module an answer is shared by an ordinary form, and
// its text can be selected under "Vraag het aan een mens".

import { el } from "/static/el.js";
import { words } from "/static/words.js";

document.documentElement.classList.add("js");

/** Says something about an answer; a screen reader hears it. */
function tell(inside, ...parts) {
  inside.closest(".answer").querySelector(".told").replaceChildren(...parts);
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    console.warn(error); // not allowed here, or not over http
    return false;
  }
}

async function copyAnswer(button) {
  const text = document.getElementById(button.dataset.copy);
  if (await copied(text.value)) {
    tell(button, words.copied);
    return;
  }
  text.closest("details").open = true;
  text.select();
  tell(button, words.select);
}

async function share(form) {
  const button = form.querySelector("button");
  button.disabled = true;
  tell(form, words.sharing);
  try {
    const response = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new FormData(form),
    });
    if (!response.ok) throw new Error(`sharing: ${response.status}`);
    const link = new URL((await response.json()).path, location.href).href;
    const said = (await copied(link)) ? words.shared_copied : words.shared;
    tell(form, `${said} `, el("a", { class: "permalink", href: link }, link));
  } catch (error) {
    console.error(error);
    tell(form, words.not_shared);
  } finally {
    button.disabled = false;
    button.focus();
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy], button[data-print]");
  if (button?.dataset.copy) copyAnswer(button);
  else if (button) window.print();
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form.share");
  if (!form) return;
  event.preventDefault();
  share(form);
});
