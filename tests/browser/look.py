"""Looking at a page for what people with a disability would stumble over."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
GRAVE = ("serious", "critical")

_TOO_WIDE = """() => [...document.querySelectorAll('body *')]
  .filter((node) => node.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((node) => `${node.tagName}.${node.className} "${node.textContent.trim().slice(0, 40)}"`)"""
_SCROLLS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_COPIED = """() => Promise.race([
  navigator.clipboard.readText(),
  new Promise((_, failed) => setTimeout(() => failed(new Error('no clipboard')), 10000)),
])"""
_CUT_OFF = """() => [...document.querySelectorAll('main *, header *, footer *')]
  .filter((node) => node.childElementCount === 0 && node.textContent.trim())
  .filter((node) => node.checkVisibility())
  .filter((node) => {
    const style = getComputedStyle(node);
    return ['hidden', 'clip'].includes(style.overflowY) && style.position !== 'absolute'
      && style.webkitLineClamp === 'none'
      && node.scrollHeight > node.clientHeight + 2;
  })
  .map((node) => `${node.tagName}.${node.className}`)"""

_LOOKS = 10

TEXT_SPACING = """
  * {
    line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important;
  }
  p { margin-bottom: 2em !important; }
"""
"""What readers may set themselves without losing anything, by WCAG 1.4.12."""


def grave_faults(page: Page, *rules: str) -> list[str]:
    """What axe finds serious or critical on the page as it is now, each with the element; by all
    rules for WCAG, or by ``rules`` alone."""
    run = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG}
    options = {"runOnly": run, "resultTypes": ["violations"]}
    if not page.evaluate("() => 'axe' in window"):  # half a megabyte: once for a page is enough
        page.evaluate(AXE_SCRIPT)
    found: dict[str, Any] = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{rule['id']} ({rule['impact']}): {node['target']} {node['html'][:160]}"
        for rule in found["violations"]
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways; empty when it does not."""
    by = page.evaluate(_SCROLLS)
    for _ in range(_LOOKS):
        if by <= 0:
            break
        # A page that answers to another width does so in a frame after it. Not by a callback of
        # the page's: where scripts are off, that would never come.
        page.wait_for_timeout(100)
        by = page.evaluate(_SCROLLS)
    return [f"{by} px too wide", *page.evaluate(_TOO_WIDE)] if by > 0 else []


def copied(page: Page) -> str:
    """What was copied last."""
    return page.evaluate(_COPIED)  # type: ignore[no-any-return]


def cut_off(page: Page) -> list[str]:
    """Elements of which text falls out of sight."""
    return page.evaluate(_CUT_OFF)  # type: ignore[no-any-return]


def set_text_spacing(page: Page) -> None:
    """Space the text as a reader may. By the browser's own way: the policy stops style elements."""
    page.evaluate(
        """(css) => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(css);
          document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
        }""",
        TEXT_SPACING,
    )


def focused(page: Page) -> str:
    """What has the focus: tag, and the name that a screen reader would say first."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => {
          const node = document.activeElement;
          const name = node.getAttribute('aria-label') || node.labels?.[0]?.textContent
            || node.textContent || node.name || '';
          return `${node.tagName.toLowerCase()} ${name.trim().replace(/\\s+/g, ' ').slice(0, 60)}`;
        }"""
    )


def tab_stops(page: Page, most: int = 200) -> list[str]:
    """Everything that the Tab key comes by, in order, from the top of the page."""
    page.evaluate("() => { document.activeElement?.blur(); window.scrollTo(0, 0); }")
    stops: list[str] = []
    first = ""
    for _ in range(most):
        page.keyboard.press("Tab")
        mark = page.evaluate(
            """() => {
              const node = document.activeElement;
              if (node === document.body) return '';
              const all = [...document.querySelectorAll('*')];
              return String(all.indexOf(node));
            }"""
        )
        if mark in ("", first):
            break
        first = first or mark
        stops.append(focused(page))
    return stops


def focus_is_seen(page: Page) -> bool:
    """Whether what has the focus shows it: an outline, and in sight."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => {
          const node = document.activeElement, style = getComputedStyle(node);
          const box = node.getBoundingClientRect();
          const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0;
          return inSight && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        }"""
    )


def faults_in_every_guise(page: Page) -> dict[str, list[str]]:
    """What is wrong with the page as it is now: light and dark, narrow, with text of twice the
    size, with text spaced by the reader. Empty when nothing is."""
    size = page.viewport_size
    found = {"light": grave_faults(page)}
    page.emulate_media(color_scheme="dark")
    found["dark"] = grave_faults(page, "color-contrast")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 640})
    found["320 px"] = too_wide(page)
    set_text_spacing(page)
    found["320 px, text spaced"] = too_wide(page) + cut_off(page)
    # 640 of the reader's pixels with letters of twice the size: what zooming to 200 % comes to.
    page.set_viewport_size({"width": 640, "height": 640})
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    found["text of twice the size"] = too_wide(page) + cut_off(page)
    page.evaluate("() => { document.documentElement.style.fontSize = ''; }")
    if size is not None:
        page.set_viewport_size(size)
    return {guise: faults for guise, faults in found.items() if faults}
