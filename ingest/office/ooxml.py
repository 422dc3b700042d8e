"""What Word and PowerPoint files share: names, switches and the title in the properties."""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from ingest.office.container import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"

_NO_TITLE = re.compile(
    r"""(?:microsoft\s(?:word|powerpoint)\b.*
      |(?:document|presentati(?:e|on)|dia|slide|titel|title|naamloos|untitled)\s*\d*
      |word[\s-]document|powerpoint[\s-]presentati(?:e|on)
      |.*\.(?:docx?|docm|dotx?|odt|ott|pptx?|pptm|ppsx?|pdf|indd)
      |titel\svan\s(?:de\s)?(?:presentatie|dia|document))""",
    re.IGNORECASE | re.VERBOSE,
)
_MAX_TITLE = 200


def is_on(element: Element | None, attribute: str = f"{W}val") -> bool:
    """Whether a switch such as w:b is there and not turned off."""
    return element is not None and element.get(attribute) not in {"0", "false", "off", "none"}


def number_in(element: Element | None, attribute: str = f"{W}val") -> int | None:
    """The whole number of an attribute, None when it is absent or no number."""
    value = element.get(attribute) if element is not None else None
    try:
        return int(float(value)) if value else None
    except (ValueError, OverflowError):
        return None


def chosen(alternate: Element) -> Element | None:
    """Of an mc:AlternateContent, the one version to read: the first that says something."""
    versions = [child for child in alternate if child.tag in {f"{MC}Choice", f"{MC}Fallback"}]
    texts = (f"{W}t", f"{A}t", f"{M}t", "{*}chart", f"{DGM}relIds")
    return next((v for v in versions if next(v.iter(*texts), None) is not None), None)


def core_title(package: Package) -> str | None:
    """The title in the properties of the file, when it says something."""
    part = package.related("", "core-properties")
    root = package.xml(part) if part else None
    return sensible_title(root.findtext(_DC_TITLE)) if root is not None else None


def sensible_title(title: str | None) -> str | None:
    """``title`` on one line; None for what a program filled in, the name of a file and the like."""
    line = " ".join((title or "").split())
    return line if 2 < len(line) <= _MAX_TITLE and not _NO_TITLE.fullmatch(line) else None
