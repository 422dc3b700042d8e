from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.kept_texts import KeptTexts


class Counting:
    """Texts of which it is counted how often they are read."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts
        self.read: list[str] = []

    def text_of(self, version_id: str) -> str:
        self.read.append(version_id)
        return self.texts[version_id]


def test_a_text_is_read_once() -> None:
    source = Counting({"v1": "een", "v2": "twee"})
    kept = KeptTexts(source.text_of)
    assert [kept.read(v) for v in ("v1", "v2", "v1", "v1")] == ["een", "twee", "een", "een"]
    assert source.read == ["v1", "v2"]


def test_a_text_that_is_too_long_is_given_and_not_kept() -> None:
    source = Counting({"lang": "a" * 11, "kort": "b"})
    kept = KeptTexts(source.text_of, most=10)
    assert kept.read("kort") + kept.read("lang") + kept.read("lang") == "b" + 22 * "a"
    assert source.read == ["kort", "lang", "lang"]


@given(st.lists(st.integers(0, 9), max_size=60))
def test_whatever_is_asked_the_text_is_right_and_memory_is_bounded(asked: list[int]) -> None:
    source = Counting({f"v{n}": str(n) * (3 * n) for n in range(10)})
    kept = KeptTexts(source.text_of, most=40)
    for n in asked:
        assert kept.read(f"v{n}") == source.texts[f"v{n}"]
        assert sum(map(len, kept._kept.values())) <= 40
