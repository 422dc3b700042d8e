"""The text of one Word paragraph: runs, fields, changes, symbols, and what is anchored in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from ingest.office.ooxml import CX, DGM, MC, A, C, M, R, W, chosen, is_on, number_in
from ingest.office.symbols import PRIVATE, formula, symbol
from ingest.office.word_styles import Look, Styles, look_of, value_of

_SKIPPED_NAMES = """
    pPr rPr sectPr tblPr tblGrid trPr tcPr sdtPr sdtEndPr numPr
    del moveFrom delText instrText delInstrText fldData rt
    footnoteRef endnoteRef annotationRef separator continuationSeparator commentReference
"""
_SKIPPED = frozenset(W + name for name in _SKIPPED_NAMES.split())
_CHANGES = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")
_DROPPED_FIELDS = ("TOC", "INDEX", "TOA")
_SPACES = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n"}


@dataclass(slots=True)
class Line:
    """What one paragraph says, and what hangs on it."""

    parts: list[str] = field(default_factory=list)
    sizes: Counter[float] = field(default_factory=Counter)
    bold: int = 0
    shown: int = 0
    """Characters that are not white space; ``bold`` of them are bold or underlined."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Notes that are called: (``footnote`` or ``endnote``, id)."""
    boxes: list[Element] = field(default_factory=list)
    """Text boxes, as w:txbxContent."""
    charts: list[str] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)
    """Relation ids of charts and of the data of SmartArt."""

    @property
    def text(self) -> str:
        """The text with ``\\n`` for line breaks."""
        return "".join(self.parts)

    def add(self, text: str, look: Look) -> None:
        """Put ``text`` behind what is there."""
        self.parts.append(text)
        count = len("".join(text.split()))
        self.shown += count
        self.sizes[look.size or 0.0] += count
        if look.bold:
            self.bold += count

    def before(self, other: Line) -> Line:
        """This line and ``other`` as one."""
        return Line(
            self.parts + other.parts,
            self.sizes + other.sizes,
            self.bold + other.bold,
            self.shown + other.shown,
            self.notes + other.notes,
            self.boxes + other.boxes,
            self.charts + other.charts,
            self.diagrams + other.diagrams,
        )


@dataclass(slots=True)
class _Field:
    code: str = ""
    in_result: bool = False

    @property
    def shows(self) -> bool:
        return self.in_result and not self.code.strip().upper().startswith(_DROPPED_FIELDS)


class LineReader:
    """Reads the paragraphs of one part, in order: a field may run over several of them."""

    def __init__(self, root: Element, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[_Field] = []
        self._knows_fields = _fields_are_whole(root)
        self.seen: Counter[str] = Counter()
        """How often something was met that staff should hear of."""
        self._handlers: dict[str, Callable[[Element, Line, Look], None]] = {
            f"{W}r": self._run,
            f"{W}t": self._text,
            f"{A}t": self._text,
            f"{W}fldChar": self._field_mark,
            f"{W}fldSimple": self._simple_field,
            f"{W}sym": self._symbol,
            f"{W}sdt": self._control,
            f"{W}txbxContent": lambda element, line, _: line.boxes.append(element),
            f"{W}footnoteReference": self._note,
            f"{W}endnoteReference": self._note,
            f"{MC}AlternateContent": self._alternate,
            f"{M}oMath": self._formula,
            f"{C}chart": lambda element, line, _: line.charts.append(element.get(f"{R}id", "")),
            f"{DGM}relIds": lambda element, line, _: line.diagrams.append(
                element.get(f"{R}dm", "")
            ),
            f"{CX}chart": lambda *_: self.seen.update(["object"]),
            f"{W}noBreakHyphen": lambda _, line, look: self._say("-", line, look),
            f"{W}softHyphen": lambda *_: None,
        }

    def read(self, paragraph: Element, look: Look) -> Line:
        """The line of a w:p; ``look`` is what its style gives."""
        line = Line()
        self._children(paragraph, line, look)
        return line

    def _children(self, element: Element, line: Line, look: Look) -> None:
        for child in element:
            tag = child.tag
            if tag in self._handlers:
                self._handlers[tag](child, line, look)
            elif isinstance(tag, str) and tag.startswith(W) and tag[len(W) :] in _SPACES:
                self._say(_SPACES[tag[len(W) :]], line, look)
            elif tag == f"{W}instrText" and self._fields:
                self._fields[-1].code += child.text or ""
            elif tag not in _SKIPPED:
                self._children(child, line, look)

    def _say(self, text: str, line: Line, look: Look) -> None:
        if look.hidden:
            self.seen["hidden"] += 1 if text.strip() else 0
        elif all(field_.shows for field_ in self._fields):
            line.add(text, look)

    def _run(self, run: Element, line: Line, look: Look) -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None:
            styled = self._styles.look(value_of(properties, "rStyle"))
            look = look_of(properties).over(styled).over(look)
            underlined = properties.find(f"{W}u")
            if underlined is not None and is_on(underlined):
                look = Look(bold=True).over(look)
        self._children(run, line, look)

    def _text(self, element: Element, line: Line, look: Look) -> None:
        font = look.font or ""
        text = PRIVATE.sub(lambda char: self._known(ord(char[0]), font), element.text or "")
        self._say(text, line, look)

    def _symbol(self, element: Element, line: Line, look: Look) -> None:
        try:
            code = int(element.get(f"{W}char", ""), 16)
        except ValueError:
            return
        self._say(self._known(code, element.get(f"{W}font") or ""), line, look)

    def _known(self, code: int, font: str) -> str:
        char = symbol(code, font)
        if char is None:
            self.seen["symbol"] += 1
        return char or ""

    def _field_mark(self, element: Element, _line: Line, _look: Look) -> None:
        kind = element.get(f"{W}fldCharType")
        if not self._knows_fields:
            return
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _simple_field(self, element: Element, line: Line, look: Look) -> None:
        self._fields.append(_Field(element.get(f"{W}instr") or "", in_result=True))
        self._children(element, line, look)
        self._fields.pop()

    def _control(self, element: Element, line: Line, look: Look) -> None:
        content = control_content(element)
        if content is not None:
            self._children(content, line, look)

    def _note(self, element: Element, line: Line, look: Look) -> None:
        if not look.hidden and all(field_.shows for field_ in self._fields):
            kind = "footnote" if element.tag == f"{W}footnoteReference" else "endnote"
            line.notes.append((kind, element.get(f"{W}id") or ""))

    def _alternate(self, element: Element, line: Line, look: Look) -> None:
        version = chosen(element)
        if version is not None:
            self._children(version, line, look)

    def _formula(self, element: Element, line: Line, look: Look) -> None:
        self.seen["formula"] += 1
        self._say(formula(element), line, look)


def control_content(control: Element) -> Element | None:
    """What stands in a content control; None for a prompt that nobody filled in, and for a
    table of contents."""
    properties = control.find(f"{W}sdtPr")
    if properties is not None:
        prompt = properties.find(f"{W}showingPlcHdr")
        gallery = properties.find(f"{W}docPartObj/{W}docPartGallery")
        contents = gallery is not None and gallery.get(f"{W}val") == "Table of Contents"
        if contents or (prompt is not None and is_on(prompt)):
            return None
    return control.find(f"{W}sdtContent")


def tracked_changes(root: Element) -> int:
    """How many insertions, deletions and moves were tracked below ``root``."""
    return sum(1 for _ in root.iter(*(W + name for name in _CHANGES)))


def big_pictures(root: Element, centimetres: float = 6.0) -> int:
    """How many pictures below ``root`` are large enough to hold text."""
    wp = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
    return sum(
        1
        for drawing in root.iter(f"{W}drawing")
        for extent in drawing.iter(f"{wp}extent")
        if (number_in(extent, "cx") or 0) > centimetres * 360_000
        and (number_in(extent, "cy") or 0) > centimetres * 360_000 / 2
        and next(drawing.iter(f"{A}blip"), None) is not None
    )


def _fields_are_whole(root: Element) -> bool:
    """Whether each field that opens also closes: if not, its text is not told from its code."""
    kinds = Counter(
        mark.get(f"{W}fldCharType")
        for mark in root.iter(f"{W}fldChar")
        if not any(above.tag in {f"{W}del", f"{W}moveFrom"} for above in mark.iterancestors())
    )
    return kinds["begin"] == kinds["end"]
