from __future__ import annotations

import pytest
from lxml import etree

from ingest.office.symbols import formula, symbol

_M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


@pytest.mark.parametrize(
    ("code", "font", "expected"),
    [
        (0xF0E0, "Wingdings", "→"),
        (0x4A, "Wingdings", "☺"),
        (0xF0B3, "Symbol", "≥"),
        (0xF0B7, "Calibri", "•"),
        (0xE9, "Calibri", "é"),
        (0xF041, "Wingdings 3", None),
        (0xD800, "Calibri", None),
        (0xF001, "Wingdings", None),
    ],
)
def test_symbols_by_font_and_code(code: int, font: str, expected: str | None) -> None:
    assert symbol(code, font) == expected


def part(name: str, inner: str) -> str:
    return f"<m:{name}><m:r><m:t>{inner}</m:t></m:r></m:{name}>"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (f"<m:f>{part('num', '1')}{part('den', 'a+b')}</m:f>", "1/(a+b)"),
        (f"<m:sSup>{part('e', 'x')}{part('sup', '2')}</m:sSup>", "x^2"),
        (f"<m:sSub>{part('e', 'x')}{part('sub', 'n+1')}</m:sSub>", "x_(n+1)"),
        (f"<m:rad>{part('e', '9')}</m:rad>", "√(9)"),
        (f"<m:d>{part('e', 'a')}{part('e', 'b')}</m:d>", "(a, b)"),
        (f"<m:f>{part('num', '1')}</m:f>", "1/()"),
    ],
)
def test_formulas_on_one_line(inner: str, expected: str) -> None:
    assert formula(etree.fromstring(f"<m:oMath {_M}>{inner}</m:oMath>")) == expected
