"""The text of a run of inline elements as it reads: breaks, quotation marks, powers, addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

from ingest.characters import one_line
from ingest.html.tree import BLOCKS, CONTROLS, UNSEEN, Node, flat, raw_text, style_of

BOLD, PLAIN = "\ufdd0", "\ufdd1"
"""Around bold text, until it is known what that means. Not characters, so in no page."""
_OBJECT = "\ufdd2"
_POWER, _POWER_END = "\ufdd3", "\ufdd4"
_MARKS = re.compile("[\ufdd0-\ufdef]")
_BOLD_RUN = re.compile(f"(?:{BOLD}[^{BOLD}{PLAIN}]*{PLAIN}\\s*)+")
_OBJECT_IN_WORD = re.compile(rf"(?<=\w){_OBJECT}+(?=\w)")
_RAISED = re.compile(rf"((?<![\w.,])(?:10|\d|[cdkm]?m))?{_POWER}(\d+){_POWER_END}")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡]{1,3}|[a-z]|[ivx]{1,5})[\])]?(?:\s*,\s*\d{1,3})*")
_NOTE_TARGET = re.compile(
    r"#_?(?:ftn|ftnt|fn|foot|edn|end-?note|cite|note|noot|voetnoot|eindnoot|sdfootnote|sdendnote|"
    r"ref-?\d|r?-?fn)",
    re.IGNORECASE,
)
_NOTE_NAMES = re.compile(
    r"noteref|footnote|fn-?ref|footnoteanchor|endnoteref|MsoFootnoteReference|MsoEndnoteReference|"
    r"sdfootnote|sdendnote|footnote-?back|\breference\b|voetnoot",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"text-decoration(?:-line)?:[\w\s]*line-through")
_BOLD_STYLE = re.compile(r"font-weight:(?:bold|[6-9]00)")
_READ_AS = {
    **dict.fromkeys([*UNSEEN, *CONTROLS, "img", "picture"], _OBJECT),
    **dict.fromkeys(["script", "style", "template", "link", "meta", "noscript"], ""),
    **dict.fromkeys(["del", "s", "strike", "rp", "rt", "annotation", "annotation-xml"], ""),
    "br": "\n",
}


def inline_text(children: Sequence[Node | str]) -> str:
    """The text of ``children`` with a line feed for each <br> and ``BOLD`` and ``PLAIN`` around
    bold text. What was struck out is left out, and so are references to footnotes."""
    text = "".join(_piece(child) for child in children)
    text = _OBJECT_IN_WORD.sub(" ", text).replace(_OBJECT, "")
    return _RAISED.sub(_raised, text)


def plain(marked: str) -> str:
    """``marked`` on one line without its marks."""
    return one_line(_MARKS.sub("", marked))


def text_of(node: Node) -> str:
    """The text of a heading, caption, term or the like, on one line."""
    return plain(inline_text(node.children))


def is_bold(marked: str) -> bool:
    """Whether all of a line of ``inline_text`` is bold."""
    return _BOLD_RUN.fullmatch(marked.strip()) is not None and bool(plain(marked))


def is_note_reference(node: Node) -> bool:
    """Whether an inline element points at a footnote, or from a footnote back into the text."""
    if node.get("role") in {"doc-noteref", "doc-backlink"} or node.get("epub:type") == "noteref":
        return True
    text = raw_text(node)
    is_mark = _NOTE_MARK.fullmatch(text) is not None or not any(map(str.isalnum, text))
    if node.tag == "a" and is_mark and node.get("href"):
        return bool(_NOTE_TARGET.match(_fragment(node)) or _NOTE_NAMES.search(node.get("class")))
    if node.tag == "sup" and is_mark:
        linked = any(child.tag == "a" for child in node.nodes)
        return linked or not any(map(str.isalpha, text)) or _is_named_note(node)
    return is_mark and _is_named_note(node)


def _is_named_note(node: Node) -> bool:
    return bool(node.get("class")) and _NOTE_NAMES.search(node.get("class")) is not None


def _fragment(node: Node) -> str:
    """The part of a link behind the address of the page, which a saved page writes in full."""
    _, mark, name = node.get("href").rpartition("#")
    return mark + name


def _piece(child: Node | str) -> str:
    if isinstance(child, str):
        return _MARKS.sub("", flat(child))
    tag = child.tag
    if tag in _READ_AS or _STRUCK.search(style_of(child)):
        return _READ_AS.get(tag, "")
    if child.get("data-cfemail"):
        return _unhidden(child.get("data-cfemail"))
    if tag == "sup":
        return _superscript(child)
    if is_note_reference(child) or _is_anchor_sign(child):
        return ""
    inner = "".join(_piece(grandchild) for grandchild in child.children)
    if tag == "q":
        return f"“{inner}”"
    if tag == "a":
        return inner + _address(child, inner)
    if _looks_bold(child):
        return _bold(inner)
    return f" {inner} " if tag in BLOCKS else inner


def _looks_bold(node: Node) -> bool:
    if node.tag == "font":
        return re.fullmatch(r"[4-7]|\+[1-4]", node.get("size").strip()) is not None
    return node.tag in {"b", "strong"} or _BOLD_STYLE.search(style_of(node)) is not None


def _is_anchor_sign(node: Node) -> bool:
    """Whether an element is only the sign behind a heading to copy its address with."""
    return node.tag == "a" and "#" in node.get("href") and raw_text(node) in {"¶", "#", "§", "🔗"}


def _bold(inner: str) -> str:
    """``inner`` marked as bold, line by line and once only."""
    bare = inner.replace(BOLD, "").replace(PLAIN, "")
    lines = (f"{BOLD}{line}{PLAIN}" if line.strip() else line for line in bare.split("\n"))
    return "\n".join(lines)


def _superscript(node: Node) -> str:
    """A power or ordinal stays (m², 1e); the mark of a footnote goes."""
    text = raw_text(node)
    if text.isascii() and text.isdigit() and next(iter(node.nodes), None) is None:
        if _is_named_note(node):
            return ""
        return f"{_POWER}{text}{_POWER_END}"
    if is_note_reference(node):
        return ""
    return "".join(_piece(child) for child in node.children)


def _raised(match: re.Match[str]) -> str:
    """Digits behind 10, a digit or a unit are a power; elsewhere they point at a footnote."""
    before, digits = match.group(1) or "", match.group(2)
    return before + digits.translate(_SUPERSCRIPTS) if before and digits != "1" else before


def _address(link: Node, shown: str) -> str:
    """The mail address or telephone number behind a link, where its text does not say it."""
    scheme, _, rest = link.get("href").strip().partition(":")
    address = unquote(rest.partition("?")[0]).strip()
    if scheme.lower() == "mailto" and "@" in address:
        return "" if address.lower() in shown.lower() else f" ({address})"
    if scheme.lower() == "tel" and not any(map(str.isdigit, shown)):
        number = address.removeprefix("//")
        return f" ({number})" if any(map(str.isdigit, number)) else ""
    coded = re.search(r"/email-protection#([0-9a-f]+)$", link.get("href"))
    address = _unhidden(coded.group(1)) if coded else ""
    return f" ({address})" if address and address not in shown else ""


def _unhidden(code: str) -> str:
    """A mail address that a site hides from robots: hex, each byte xor the first."""
    try:
        key, *rest = bytes.fromhex(code)
    except ValueError:
        return ""
    return "".join(chr(byte ^ key) for byte in rest)
