"""Markdown, also the rough kind that a scan yields, as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from ingest.blocks import Block
from ingest.characters import one_line
from ingest.html.reader import html_blocks
from ingest.hyphens import Joiner
from ingest.quotes import is_quotation
from ingest.tables import contents_blocks, row_blocks, segments, tab_table_blocks

_FOOTNOTE_REFERENCE = re.compile(r"\[\^([\w-]{1,20})\]:?")
_FOOTNOTE = re.compile(r"<sup>\s*(\d{1,3}|\*|[a-z])\s*</sup>\s*(?=\S)")
_SUPERSCRIPT = re.compile(r"<sup>\s?(\d{1,3}|\*|[a-z])\s?</sup>")
_UNIT = re.compile(r"(?<!\w)[cdkm]?m$")
_OWN_MARK = re.compile(r"(\d{1,2}[.)]|[a-z][.)])\s+(?=\S)")
_HARD_BREAK = "\u2028"  # tidy characters hold none, so it can stand for a break meant as such
_MAX_HEADING = 200


def markdown_blocks(text: str, joiner: Joiner) -> list[Block]:
    """The blocks of ``text``, which was cleaned. Markup marks and images are left out."""
    text = _FOOTNOTE_REFERENCE.sub(r"<sup>\1</sup>", text)
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").disable("code")
    blocks: list[Block] = []
    for segment in segments(text):
        if segment.kind == "contents":
            blocks += contents_blocks(segment.lines)
        elif segment.kind == "table":
            blocks += tab_table_blocks(segment.lines)
        else:
            # a superscript that is glued to a word is the mark of a note, not a word
            lines = "\n".join(_SUPERSCRIPT.sub(_without_mark, line) for line in segment.lines)
            root = SyntaxTreeNode(parser.parse(lines))
            blocks += _Walker(joiner).blocks(root.children)
    return [block for block in blocks if block.text]


def _without_mark(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 10) : match.start()]
    if not before.strip():
        return match.group()  # opens the note itself
    return match.group(1) if _UNIT.search(before) else ""


class _Walker:
    """Turns the syntax tree into blocks."""

    def __init__(self, joiner: Joiner) -> None:
        self._joiner = joiner

    def blocks(self, nodes: list[SyntaxTreeNode], depth: int = 0) -> Iterator[Block]:
        for node in nodes:
            match node.type:
                case "heading":
                    yield from self._heading(node)
                case "paragraph":
                    yield from self._paragraphs(node, depth)
                case "bullet_list" | "ordered_list":
                    yield from self._list(node, depth + 1)
                case "blockquote":
                    yield from (
                        _quoted(block, depth) for block in self.blocks(node.children, depth)
                    )
                case "table":
                    yield from self._table(node)
                case "fence" | "code_block":
                    yield Block("paragraph", one_line(node.content))
                case "html_block":
                    yield from html_blocks(node.content)

    def _heading(self, node: SyntaxTreeNode) -> Iterator[Block]:
        text = " ".join(self._lines(node))
        if len(text) > _MAX_HEADING:
            yield Block("paragraph", text)
        else:
            yield Block("heading", text, level=int(node.tag[1]))

    def _paragraphs(self, node: SyntaxTreeNode, depth: int) -> Iterator[Block]:
        """One paragraph, with what stands on a line of its own as a quotation set apart."""
        plain: list[str] = []
        for line in self._lines(node):
            if is_quotation(line):
                yield from self._paragraph(plain, depth)
                yield Block("quote", line, level=depth)
                plain = []
            else:
                plain.append(line)
        yield from self._paragraph(plain, depth)

    def _paragraph(self, lines: list[str], depth: int) -> Iterator[Block]:
        text = " ".join(lines)
        note = _FOOTNOTE.match(text)
        if note:
            yield Block("note", text[note.end() :], reference=True)
        elif text:
            yield Block("paragraph", text.replace("<sup>", "").replace("</sup>", ""), level=depth)

    def _list(self, node: SyntaxTreeNode, depth: int) -> Iterator[Block]:
        for number, item in enumerate(node.children):
            mark = f"{int(node.attrs.get('start', 1)) + number}." if node.tag == "ol" else "-"
            inner = list(self.blocks(item.children, depth))
            if inner and inner[0].kind == "paragraph":
                yield _item(inner[0].text, mark, depth)
                inner = inner[1:]
            yield from inner

    def _table(self, node: SyntaxTreeNode) -> Iterator[Block]:
        rows = [
            [" ".join(self._lines(cell)) for cell in row.children]
            for part in node.children
            for row in part.children
        ]
        header = rows[0] if any(rows[0]) else None
        yield from row_blocks(header, rows[1:])

    def _lines(self, node: SyntaxTreeNode) -> list[str]:
        """The text of a node, a line for each hard break, broken words joined."""
        text = "".join(_inline(child) for child in node.children)
        lines = (self._joiner.lines(line.split("\n")) for line in text.split(_HARD_BREAK))
        return [self._joiner.inside(one_line(line)) for line in lines if line.strip()]


def _inline(node: SyntaxTreeNode) -> str:
    match node.type:
        case "text" | "code_inline":
            return node.content
        case "softbreak":
            return "\n"
        case "hardbreak":
            return _HARD_BREAK
        case "html_inline":
            tag = node.content.lower()
            if tag.startswith("<br"):
                return _HARD_BREAK
            return tag if tag in {"<sup>", "</sup>"} else ""
        case "image":
            return ""
    return "".join(_inline(child) for child in node.children)


def _item(text: str, mark: str, depth: int) -> Block:
    own = _OWN_MARK.match(text)
    if own and mark == "-":
        return Block("item", text[own.end() :], level=depth, mark=own.group(1))
    return Block("item", text, level=depth, mark=mark)


def _quoted(block: Block, depth: int) -> Block:
    return Block("quote", block.text, level=depth) if block.kind == "paragraph" else block
