// Puts Routewijzer as a small window on another site. One line there is enough:
//   <script src="https://…/static/embed.js" async></script>
// data-tekst, data-doelgroep (bedrijf, hogeschool) and data-taal (nl, en) may be added to it.
//
// All of it is in a shadow root: the styles of the site and of the button do not touch each other.
// The style is a constructed sheet, which a site may keep out of its Content-Security-Policy; the
// policy must let in our address for script-src and frame-src, and nothing else.

(() => {
  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const { tekst, doelgroep, taal } = script.dataset;

  const WORDS = {
    nl: { open: "Stel een vraag over de Mkb-route", window: "Vragen over de Mkb-route", close: "Sluiten" },
    en: { open: "Ask about the Mkb-route", window: "Questions about the Mkb-route", close: "Close" },
  };
  const language = taal === "en" ? "en" : "nl";
  const words = WORDS[language];

  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    button {
      font: 600 1rem/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
      min-height: 3rem; padding: .625rem 1.25rem; cursor: pointer;
      color: #fff; background: #0b5563; border: 2px solid transparent; border-radius: .25rem;
    }
    button:hover { text-decoration: underline; }
    button:focus-visible, iframe:focus-visible {
      outline: 3px solid #0b0c0c; outline-offset: 2px; box-shadow: 0 0 0 7px #ffc94d;
    }
    .open { position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483646; max-width: calc(100vw - 2rem); box-shadow: 0 2px 8px rgb(0 0 0 / .35); }
    .window {
      position: fixed; right: 1rem; bottom: 5.25rem; z-index: 2147483647;
      display: flex; flex-direction: column;
      width: 26rem; max-width: calc(100vw - 2rem); height: 40rem; max-height: calc(100vh - 6.5rem);
      color: #1b2225; background: #fff;
      border: 1px solid #83929a; border-radius: .5rem; overflow: hidden;
      box-shadow: 0 4px 24px rgb(0 0 0 / .35);
    }
    .window[hidden] { display: none; }
    .bar { display: flex; align-items: center; justify-content: space-between; gap: .5rem; padding: .375rem .375rem .375rem 1rem; background: #f2f6f7; border-bottom: 1px solid #d5dde0; }
    .bar h2 { margin: 0; font: 600 1rem/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    .bar button { min-height: 2.75rem; padding: .25rem .875rem; color: #0b5563; background: transparent; border-color: #0b5563; }
    iframe { flex: 1; width: 100%; border: 0; background: inherit; }
    @media (max-width: 40rem), (max-height: 30rem) {
      .window { inset: 0; width: auto; max-width: none; height: auto; max-height: none; border: 0; border-radius: 0; }
    }
    @media (prefers-color-scheme: dark) {
      button { color: #0a1d21; background: #7fcbd9; }
      button:focus-visible, iframe:focus-visible { outline-color: #fff; box-shadow: 0 0 0 7px #8a5200; }
      .window { color: #e9eff1; background: #12181b; border-color: #7f9098; }
      .bar { background: #1c2529; border-color: #334046; }
      .bar button { color: #7fcbd9; border-color: #7fcbd9; }
    }
    @media print { :host { display: none; } }
  `;

  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  const opener = make("button", { type: "button", class: "open", "aria-expanded": "false", "aria-controls": "venster" }, tekst || words.open);
  const closer = make("button", { type: "button" }, words.close);
  const bar = make("div", { class: "bar" }, make("h2", { id: "kop" }, words.window), closer);
  const pane = make("section", { id: "venster", class: "window", role: "dialog", "aria-labelledby": "kop", hidden: "" }, bar);
  let frame = null;

  function address() {
    const fields = { ...(doelgroep && { doelgroep }), ...(language !== "nl" && { taal: language }) };
    return `${home}/venster?${new URLSearchParams(fields)}`;
  }

  function open() {
    // Made at the first time: a page on which nobody asks anything loads nothing of ours.
    if (frame === null) {
      frame = make("iframe", { src: address(), title: words.window });
      pane.append(frame);
    }
    pane.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    closer.focus();
  }

  function close() {
    if (pane.hidden) return;
    pane.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    opener.focus();
  }

  opener.addEventListener("click", () => (pane.hidden ? open() : close()));
  closer.addEventListener("click", close);
  pane.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  // What is typed inside the frame stays inside it: the page there tells when it was Escape.
  window.addEventListener("message", (event) => {
    if (event.origin === home && event.source === frame?.contentWindow && event.data === "routewijzer:sluit") close();
  });

  function place() {
    const host = document.createElement("routewijzer-venster");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    root.append(opener, pane);
    document.body.append(host);
  }

  if (document.body) place();
  else document.addEventListener("DOMContentLoaded", place);
})();
