from __future__ import annotations

import pytest

from eval.evaluation import Cited, Evaluation, Said
from eval.judge import judge, prompt
from tests.eval.test_report import measured

SAID = Said(text="De student krijgt salaris.", citations=(1,), kind="sentence")
CITED = Cited(number=1, document_id="gids", quote_hash="x", quote="De werkgever betaalt salaris.")


def one_statement() -> Evaluation:
    evaluation = measured()[0]
    result = evaluation.results[0].model_copy(update={"statements": (SAID,), "cited": (CITED,)})
    return evaluation.model_copy(update={"results": (result,)})


def no_progress(_step: str, _done: int, _total: int) -> None:
    pass


@pytest.mark.parametrize(
    ("reply", "supported"),
    [
        ('{"supported": true, "why": "it says so"}', True),
        ('Sure! {"supported": false, "why": "no salary"} Bye.', False),
        ('{"wrong": 1} {"supported": true}', True),
        ("Yes, certainly.", None),
        ('{"supported": "maybe"}', None),
        ("{broken", None),
        ("", None),
    ],
)
def test_a_reply_is_read_or_left_out(reply: str, supported: bool | None) -> None:
    found = judge(one_statement(), "m", lambda _prompt: reply, no_progress)
    assert [j.supported for j in found.statements] == [supported]
    assert found.faithful == (None if supported is None else float(supported))


def test_the_model_sees_the_statement_and_only_the_quotes_that_it_cites() -> None:
    asked: list[str] = []

    def ask(text: str) -> str:
        asked.append(text)
        return '{"supported": true}'

    judge(one_statement(), "m", ask, no_progress)
    assert asked == [prompt(SAID.text, [str(CITED.quote)])]
    assert "De werkgever betaalt salaris." in asked[0]
