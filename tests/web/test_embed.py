from __future__ import annotations

import pytest

from corpus.settings import Settings
from web.embed import framing_policy
from web.guard import SECURITY_HEADERS


@pytest.mark.parametrize(
    ("origins", "ancestors"),
    [
        ((), "'none'"),
        (("https://school.nl",), "https://school.nl"),
        (("https://a.nl", "https://b.nl:8443"), "https://a.nl https://b.nl:8443"),
    ],
)
def test_only_who_may_show_the_window_differs(origins: tuple[str, ...], ancestors: str) -> None:
    policy = framing_policy(Settings(embed_origins=origins))
    usual = SECURITY_HEADERS["Content-Security-Policy"]
    assert policy.split("; ")[-1] == f"frame-ancestors {ancestors}"
    assert policy.split("; ")[:-1] == usual.split("; ")[:-1]
