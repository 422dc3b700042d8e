from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.generation.statements import Said, StatementReader, Unreadable
from tests.assistant.generation.scripted import line

SENTENCES = st.lists(
    st.tuples(
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(
            lambda text: text.strip() and "[" not in text
        ),
        st.lists(st.integers(0, 40), max_size=4, unique=True),
    ),
    max_size=5,
)


def heard(reply: str, size: int = 7) -> list[Said | Unreadable]:
    """What a reader makes of a reply that comes in pieces of ``size``."""
    reader = StatementReader()
    found: list[Said | Unreadable] = []
    for at in range(0, len(reply), size):
        found += reader.feed(reply[at : at + size])
    return [*found, *reader.end()]


def one(reply: str) -> Said:
    (said,) = heard(reply)
    assert isinstance(said, Said)
    return said


def packed(objects: Sequence[str]) -> dict[str, str]:
    return {
        "lines": "\n".join(objects),
        "glued": "".join(objects),
        "array": "[" + ", ".join(objects) + "]",
        "trailing comma": "[\n" + "".join(f"  {o},\n" for o in objects) + "]",
        "fence": "```json\n" + "\n".join(objects) + "\n```",
        "wrapper": '{"statements": [' + ",".join(objects) + "]}",
    }


@given(SENTENCES, st.integers(1, 50), st.booleans())
def test_every_packing_in_any_pieces_gives_the_same_statements(
    sentences: list[tuple[str, list[int]]], size: int, indented: bool
) -> None:
    objects = [
        json.dumps({"text": t, "numbers": n}, indent=2 if indented else None) for t, n in sentences
    ]
    expected = [(" ".join(t.split()), tuple(n)) for t, n in sentences]
    for reply in packed(objects).values():
        found = heard(reply, size)
        assert [(s.text, s.numbers) for s in found if isinstance(s, Said)] == expected
        assert not [u for u in found if isinstance(u, Unreadable)]


@given(st.text(max_size=400), st.integers(1, 40))
def test_no_reply_breaks_it(reply: str, size: int) -> None:
    for found in heard(reply, size):
        assert isinstance(found, Said | Unreadable)


def test_a_statement_is_given_before_its_line_ends() -> None:
    reader = StatementReader()
    assert list(reader.feed('{"text": "Een zin.", "numbers": [3]')) == []
    assert list(reader.feed("}")) == [Said(text="Een zin.", numbers=(3,))]


@pytest.mark.parametrize(
    ("numbers", "read"),
    [
        ("3", (3,)),
        ('"3"', (3,)),
        ('"[3] [4]"', (3, 4)),
        ('["3", "[4]"]', (3, 4)),
        ("[3, 3, 4,]", (3, 4)),
        ("[]", ()),
    ],
)
def test_numbers_are_read_as_small_models_write_them(numbers: str, read: tuple[int, ...]) -> None:
    assert one(f'{{"text": "Een zin.", "numbers": {numbers}}}').numbers == read


def test_marks_in_the_sentence_count_when_there_are_no_numbers() -> None:
    assert one('{"text": "Een zin [3], met meer [4, 5]."}') == Said(
        text="Een zin, met meer.", numbers=(3, 4, 5)
    )


def test_commas_and_braces_inside_a_sentence_stay() -> None:
    assert one('{"text": "Een, ]{zin},}", "numbers": [1],}').text == "Een, ]{zin},}"


def test_what_follows_something_broken_is_read() -> None:
    broken, said = heard('{"text": "Open, "numbers": [1]}\n' + line("Een zin.", 2))
    assert isinstance(broken, Unreadable)
    assert said == Said(text="Een zin.", numbers=(2,))


def test_talk_around_the_statements_is_told_apart_from_broken_ones() -> None:
    talk, _, broken = heard("Natuurlijk! Hier is het:\n" + line("Een zin.", 2) + '{"text": 3}')
    assert isinstance(talk, Unreadable)
    assert isinstance(broken, Unreadable)
    assert (talk.chatter, broken.chatter) == (True, False)
    assert broken.reason.startswith("text: ")


@pytest.mark.parametrize(
    ("reply", "inside"),
    [
        ("", False),
        (line("Een zin.", 1), False),
        ("[" + line("Een zin.", 1) + ", ", False),
        ('{"text": "Een', True),
        (line("Een zin.", 1) + '{"text": "Een', True),
        ("Hier is het {", False),
    ],
)
def test_it_knows_whether_a_statement_was_begun(reply: str, inside: bool) -> None:
    reader = StatementReader()
    list(reader.feed(reply))
    assert reader.is_inside_statement is inside
