// The page inside the window on another site: Escape closes it, and links leave it. No other page
// of ours may be shown in a frame.

function leaves(link) {
  const address = new URL(link.href, location.href);
  return address.origin !== location.origin || address.pathname !== location.pathname;
}

document.addEventListener("keydown", (event) => {
  // Nothing secret is told, so whoever shows this page may hear it.
  if (event.key === "Escape" && !event.defaultPrevented) parent.postMessage("routewijzer:sluit", "*");
});

// Before the other scripts see it: they may still keep a question on this page.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("a[href]");
    if (link && !link.dataset.vraag && leaves(link)) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    }
  },
  true,
);
