"""The tree of a page as blocks: headings, paragraphs, lists, tables, quotations, notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ingest.blocks import Block
from ingest.html.inline import inline_text, plain, text_of
from ingest.html.lists import drawn_depth, mark_of, number_of, terms_and_definitions
from ingest.html.loose import faked_headings, faked_lists, loose_blocks
from ingest.html.notes import is_notes, notes_of
from ingest.html.table import table_rows
from ingest.html.tree import (
    HEADINGS,
    UNSEEN,
    Node,
    find,
    is_block,
    raw_text,
    walk,
    words_of_classes,
)
from ingest.html.word import word_block
from ingest.lists import split_mark

_CAPTIONS = frozenset({"caption", "bijschrift", "onderschrift"})
_NOT_IN_HEADINGS = frozenset({*HEADINGS, "p", "ul", "ol", "dl", "table", "blockquote", "section"})
_ROWS_OF_TABLE = frozenset({"table", "thead", "tbody", "tfoot", "tr"})
_MAX_HEADING = 200
_MAX_CAPTION = 300


def tree_blocks(node: Node) -> list[Block]:
    """The blocks of ``node``, in the form that ``ingest.html.shape`` gives it."""
    walker = _Walker()
    walker.inside(node, 0)
    return walker.finished()


class _Walker:
    """Turns the tree into blocks. Blocks are only added at the end, so their places hold."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._bold: set[int] = set()
        self._folds: list[tuple[int, int]] = []  # places of parts that text may go on after
        self._level = 1  # of the last heading
        self._fold_depth = 0
        self._readers: dict[str, Callable[[Node, int], None]] = {
            **dict.fromkeys(["ul", "ol", "menu", "dir"], self._list),
            **dict.fromkeys(["details", "aside"], self._fold),
            "dl": self._definitions,
            "table": self._table,
            "blockquote": self._quotation,
        }

    def finished(self) -> list[Block]:
        """All blocks, with lists and headings that are made with looks alone as such."""
        blocks = _flattened(self._blocks, self._folds)
        blocks = faked_headings(blocks, frozenset(self._bold))
        return [block for block in faked_lists(blocks) if block.text]

    def inside(self, node: Node, depth: int) -> None:
        """The blocks below ``node``, which stands in ``depth`` lists; text between block elements
        makes paragraphs."""
        loose: list[Node | str] = []
        for child in node.children:
            if isinstance(child, Node) and child.tag in UNSEEN:
                continue
            if isinstance(child, Node) and is_block(child):
                self._loose(loose, depth)
                loose = []
                self._element(child, depth)
            else:
                loose.append(child)
        self._loose(loose, depth)

    def _loose(self, children: list[Node | str], depth: int) -> None:
        for found in loose_blocks(inline_text(children), depth) if children else ():
            if found.bold and found.block.kind == "paragraph":
                self._bold.add(len(self._blocks))
            self._blocks.append(found.block)

    def _element(self, node: Node, depth: int) -> None:
        tag = node.tag
        if tag in HEADINGS:
            self._heading(node, HEADINGS[tag])
        elif is_notes(node):
            self._blocks += notes_of(node)
        elif tag == "li":
            self._item(node, "-", depth + 1)
        elif tag in self._readers:
            self._readers[tag](node, depth)
        elif tag in {"figcaption", "caption"} or _is_caption(node):
            self._blocks.append(Block("caption", text_of(node), reference=True))
        elif tag == "address" and not any(is_block(child) for child in node.nodes):
            self._blocks.append(Block("paragraph", _address(node), level=depth))
        else:
            self._plain(node, depth)

    def _plain(self, node: Node, depth: int) -> None:
        """A paragraph, or an element that only holds others."""
        made = word_block(node) if node.tag in {"p", "div", "li"} else None
        if made is None:
            self.inside(node, depth)
        elif made.kind == "heading":
            self._add_heading(made.text, made.level)
        else:
            self._blocks.append(made)

    def _heading(self, node: Node, level: int) -> None:
        """A heading; one that was left unclosed holds other blocks, which come behind it."""
        end = next(
            (
                place
                for place, child in enumerate(node.children)
                if isinstance(child, Node) and child.tag in _NOT_IN_HEADINGS
            ),
            len(node.children),
        )
        own: list[Node | str] = node.children[:end]
        self._add_heading(plain(inline_text(own)), level)
        self.inside(Node("div", {}, node.children[end:]), 0)

    def _add_heading(self, text: str, level: int) -> None:
        if len(text) > _MAX_HEADING:
            self._blocks.append(Block("paragraph", text))
        elif text:
            self._level = level
            self._blocks.append(Block("heading", text, level))

    def _list(self, node: Node, depth: int) -> None:
        depth += 1
        number = number_of(node.get("start"), 1)
        for child in node.children:
            if isinstance(child, str):
                self._loose([child], depth)
            elif child.tag == "li":
                number = number_of(child.get("value"), number)
                counted = mark_of(number, node.get("type")) if node.tag == "ol" else "-"
                mark = child.get("data-mark") or counted  # as the readers of office files give it
                self._item(child, mark, drawn_depth(node) or depth)
                number += 1
            elif child.tag not in UNSEEN:
                self._element(child, depth - 1)

    def _item(self, node: Node, mark: str, depth: int) -> None:
        """The first paragraph is the item, what follows belongs to it. An item that opens with a
        heading is a card, and its text stands under that heading."""
        start = len(self._blocks)
        self.inside(node, depth)
        made = self._blocks[start:]
        if not made:
            return
        if made[0].kind in {"paragraph", "quote"}:
            own, text = split_mark(made[0].text)
            mark = own if own and own != "-" else mark
            self._blocks[start] = Block("item", text, level=depth, mark=mark)
            self._bold.discard(start)
        elif made[0].kind == "heading":
            self._blocks[start:] = [
                replace(block, level=block.level - 1)
                if block.kind != "heading" and block.level
                else block
                for block in made
            ]

    def _definitions(self, node: Node, depth: int) -> None:
        """Each term with its definition as an item; a question with its answer as a heading with
        text, since answers run long."""
        terms: list[str] = []
        opens = False
        for child in terms_and_definitions(node):
            if child.tag == "dt":
                terms = [*(terms if opens else []), text_of(child)]
                opens = True
                continue
            term = ", ".join(term for term in terms if term)
            if term.endswith("?"):
                self._question(term, child, depth)
            else:
                self._definition(term if opens else "", child, depth)
            opens = False
        if opens:
            self._blocks += [Block("item", term, level=depth + 1, mark="-") for term in terms]

    def _definition(self, term: str, node: Node, depth: int) -> None:
        start = len(self._blocks)
        self.inside(node, depth + 1)
        made = self._blocks[start:]
        if term and made and made[0].kind in {"paragraph", "quote"}:
            text = f"{term.rstrip(':')}: {made[0].text}"
            self._blocks[start] = Block("item", text, level=depth + 1, mark="-")
            self._bold.discard(start)
        elif term:
            self._blocks.insert(start, Block("item", term, level=depth + 1, mark="-"))
            self._bold = {place + (place >= start) for place in self._bold}

    def _question(self, term: str, node: Node, depth: int) -> None:
        self._fold(Node("details", {}, [Node("summary", {}, [term]), node]), depth)

    def _fold(self, node: Node, depth: int) -> None:
        """A part of the text that stands on its own: what folds out, or a box beside the text."""
        start, level = len(self._blocks), self._level
        summary = next((child for child in node.nodes if child.tag == "summary"), None)
        heading = next(find(summary, HEADINGS), None) if summary else None
        if heading is not None:
            self._heading(heading, HEADINGS[heading.tag])
        elif summary is not None:
            self._add_heading(text_of(summary), min(6, level + 1 + self._fold_depth))
        self._level = level
        self._fold_depth += 1
        rest: list[Node | str] = [child for child in node.children if child is not summary]
        self.inside(Node("div", {}, rest), depth)
        self._fold_depth -= 1
        self._level = level
        self._folds.append((start, len(self._blocks)))

    def _quotation(self, node: Node, depth: int) -> None:
        start = len(self._blocks)
        speaker = node.nodes[-1] if node.nodes and node.nodes[-1].tag == "footer" else None
        rest: list[Node | str] = [child for child in node.children if child is not speaker]
        self.inside(Node("div", {}, rest), depth)
        said = [
            place
            for place in range(start, len(self._blocks))
            if self._blocks[place].kind in {"paragraph", "quote"}
        ]
        for place in said:
            self._blocks[place] = replace(self._blocks[place], kind="quote")
            self._bold.discard(place)
        told = text_of(speaker) if speaker is not None else ""
        if said and told:
            last = self._blocks[said[-1]]
            self._blocks[said[-1]] = replace(last, text=f"{last.text} ({told})")

    def _table(self, node: Node, depth: int) -> None:
        caption = next((child for child in node.nodes if child.tag == "caption"), None)
        if caption is not None and text_of(caption):
            self._blocks.append(Block("caption", text_of(caption)))
        parts = (part for part in walk(node) if part.tag in _ROWS_OF_TABLE)
        for text in (text for part in parts for text in part.children if isinstance(text, str)):
            self._loose([text], depth)  # what a browser would show above the table
        self._blocks += table_rows(node, _cell_text)


def _cell_text(cell: Node) -> str:
    """The text of a cell on one line, with a sign between what stands apart in it."""
    texts = [block.text for block in tree_blocks(cell)]
    parts = [text if text[-1] in ".!?:;," else f"{text};" for text in texts]
    return " ".join(parts).removesuffix(";") if parts else ""


def _flattened(blocks: list[Block], folds: list[tuple[int, int]]) -> list[Block]:
    """``blocks`` with the headings of parts as paragraphs where the text around those parts goes
    on without a heading: else it would seem to belong to the last of them."""
    made = list(blocks)
    end_of = dict(sorted(folds, key=lambda fold: fold[1]))  # the outermost that starts there
    done = -1
    for start in sorted(end_of):
        if start <= done:
            continue
        run = [start]
        end = end_of[start]
        while end in end_of and end_of[end] > end:
            run.append(end)
            end = end_of[end]
        done = end - 1
        if end < len(blocks) and blocks[end].kind != "heading":
            for place in range(start, end):
                if made[place].kind == "heading":
                    made[place] = Block("paragraph", made[place].text)
    return made


def _is_caption(node: Node) -> bool:
    if node.tag not in {"p", "div"} or not node.get("class"):
        return False
    return bool(words_of_classes(node) & _CAPTIONS) and len(raw_text(node)) <= _MAX_CAPTION


def _address(node: Node) -> str:
    """The lines of an address, with a comma between them."""
    lines = [plain(line) for line in inline_text(node.children).split("\n")]
    return ", ".join(line.rstrip(",") for line in lines if line)
