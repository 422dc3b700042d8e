from __future__ import annotations

import pytest

from corpus.typing_errors import slip_cost


@pytest.mark.parametrize(
    ("usual", "rare", "meant"),
    [
        ("subsidei", "subsidip", "subsidie"),  # swapped letters, another letter
        ("stuudent", "stuxdent", "student"),  # a doubled letter, a strange one
        ("kontract", "lontract", "contract"),  # sounds alike, does not
        ("studenr", "studenq", "student"),  # r lies beside t, q does not
        ("stdent", "tudent", "student"),  # slips in the first letter are rare
        ("begelijding", "begelaoding", "begeleiding"),  # ij for ei, two other letters
    ],
)
def test_usual_slips_cost_less_than_rare_ones(usual: str, rare: str, meant: str) -> None:
    def errors(typed: str) -> int:
        return 2 if typed in ("begelijding", "begelaoding") else 1

    assert slip_cost(usual, meant, errors(usual)) < slip_cost(rare, meant, errors(rare))


def test_a_letter_more_at_the_end_is_often_another_form() -> None:
    assert slip_cost("routex", "route", 1) > slip_cost("roxute", "route", 1)
