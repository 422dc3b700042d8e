"""Small office files, made by hand or with the libraries that others write them with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from html import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": _W,
        "r": _R,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODF_SPACES = " ".join(
    f'xmlns:{prefix}="{_ODF}:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "style": "style",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip with these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def members_of(data: bytes) -> dict[str, bytes]:
    """The members of a zip, to be changed and zipped again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def paragraph(text: str, style: str = "", more: str = "") -> str:
    """A w:p with one run; ``more`` goes into its properties."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A w:r."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def word_table(*rows: str) -> str:
    """A w:tbl of rows made with ``word_row``."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def word_row(*cells: str, header: bool = False) -> str:
    """A w:tr with a paragraph for each text; what opens with ``<`` is put in as it is."""
    mark = "<w:trPr><w:tblHeader/></w:trPr>" if header else ""
    inner = (cell if cell.startswith("<") else paragraph(cell) for cell in cells)
    return f"<w:tr>{mark}{''.join(f'<w:tc>{one}</w:tc>' for one in inner)}</w:tr>"


def word_style(id_: str, name: str, more: str = "", kind: str = "paragraph") -> str:
    """A w:style; ``more`` is what is in it."""
    return f'<w:style w:type="{kind}" w:styleId="{id_}"><w:name w:val="{name}"/>{more}</w:style>'


def numbering(levels: Mapping[str, list[tuple[str, str]]], more: str = "") -> str:
    """A numbering part: for each number id its levels as (form, pattern)."""
    abstracts, nums = "", ""
    for id_, forms in levels.items():
        inner = "".join(
            f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{pattern}"/>'
            f'<w:pPr><w:ind w:left="{720 * (place + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
            for place, (form, pattern) in enumerate(forms)
        )
        abstracts += f'<w:abstractNum w:abstractNumId="{id_}">{inner}</w:abstractNum>'
        nums += f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{id_}"/></w:num>'
    return abstracts + nums + more


def in_list(text: str, num_id: int, level: int = 0) -> str:
    """A numbered or bulleted w:p."""
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'
    return paragraph(text, more=number)


def make_docx(
    body: str, parts: Mapping[str, str] | None = None, files: Mapping[str, str] | None = None
) -> bytes:
    """A Word file with this body; ``parts`` holds the inside of ``styles``, ``numbering``,
    ``footnotes``, ``endnotes`` and ``comments``, ``files`` whole parts by relation id."""
    inside = dict(parts or {})
    links = "".join(
        f'<Relationship Id="p{kind}" Type="{_R}/{kind}" Target="{kind}.xml"/>' for kind in inside
    ) + "".join(
        f'<Relationship Id="{id_}" Type="{_R}/other" Target="{id_}.xml"/>' for id_ in files or {}
    )
    members = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relations(
            f'<Relationship Id="r1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": _relations(links),
        "word/document.xml": f"<w:document {WORD_SPACES}><w:body>{body}</w:body></w:document>",
    }
    for kind, inner in inside.items():
        members[f"word/{kind}.xml"] = f"<w:{kind} {WORD_SPACES}>{inner}</w:{kind}>"
    for id_, content in (files or {}).items():
        members[f"word/{id_}.xml"] = content
    return zipped(members)


def _relations(inner: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def make_odt(body: str, automatic: str = "", styles: str = "", title: str = "") -> bytes:
    """An OpenDocument text with this body, automatic styles, styles and title."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": (
                f"<office:document-content {ODF_SPACES}>"
                f"<office:automatic-styles>{automatic}</office:automatic-styles>"
                f"<office:body><office:text>{body}</office:text></office:body>"
                "</office:document-content>"
            ),
            "styles.xml": (
                f"<office:document-styles {ODF_SPACES}>"
                f"<office:styles>{styles}</office:styles></office:document-styles>"
            ),
            "meta.xml": (
                f"<office:document-meta {ODF_SPACES}"
                ' xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
                f"<dc:title>{escape(title)}</dc:title></office:meta></office:document-meta>"
            ),
        }
    )
