"""The layer that refuses what is too much, before any work is done for it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from web.language import N_
from web.limits.body import taken_in
from web.limits.deadline import within
from web.limits.line import Line
from web.limits.rates import Rates
from web.limits.rules import Kind, Rule, rule_of
from web.problems import Problems

Reason = Literal["rate", "busy", "slow"]
REASONS: tuple[Reason, ...] = ("rate", "busy", "slow")

TOO_MANY = N_(
    "Er kwam in korte tijd te veel van dit adres. Wacht even en probeer het dan nog eens."
)
TOO_BUSY = N_("Het is nu erg druk. Probeer het over een paar tellen nog eens.")
TOO_SLOW = N_("Het antwoord duurt te lang. Probeer het later nog eens.")
_SLOW_WAIT_S = 30


class Limits:
    """Wraps ``app``: too many get a 429, too many at once or too long a 503, each with
    ``Retry-After``."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        rates: Rates,
        line: Line | None,
        answer_seconds: float,
        problems: Problems,
        refused: Callable[[Kind, Reason], None],
    ) -> None:
        """``refused`` is told what was refused and why. Without ``line`` any number is answered
        at once."""
        self._app = app
        self._rates = rates
        self._line = line
        self._answer_seconds = answer_seconds
        self._problems = problems
        self._refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application, or refuse."""
        rule = rule_of(scope) if scope["type"] == "http" else None
        if rule is None:
            await self._app(scope, receive, send)
            return
        wait_s = await self._rates.wait_s(rule, scope)
        if wait_s:
            await self._refuse(rule, "rate", wait_s, scope, receive, send)
        elif not rule.answers:
            await self._app(scope, receive, send)
        elif (whole := await taken_in(receive)) is not None:
            await self._in_line(rule, scope, whole, send)

    async def _in_line(self, rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        if self._line is not None and not await self._line.enter():
            wait_s = math.ceil(self._line.patience_s)
            await self._refuse(rule, "busy", wait_s, scope, receive, send)
        else:
            await self._answer(rule, scope, receive, send)

    async def _answer(self, rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        async def late() -> None:
            await self._refuse(rule, "slow", _SLOW_WAIT_S, scope, receive, send)

        # The place is kept until the work is over, also when nobody waits for it any more.
        ended = self._line.leave if self._line is not None else _nothing
        await within(self._answer_seconds, self._app, scope, receive, send, late=late, ended=ended)

    async def _refuse(
        self, rule: Rule, why: Reason, wait_s: int, scope: Scope, receive: Receive, send: Send
    ) -> None:
        self._refused(rule.kind, why)
        status, message = {
            "rate": (429, TOO_MANY),
            "busy": (503, TOO_BUSY),
            "slow": (503, TOO_SLOW),
        }[why]
        response = self._problems.respond(
            Request(scope), status, message, headers={"Retry-After": str(wait_s)}
        )
        await response(scope, receive, send)


def _nothing() -> None:
    """No place was taken."""
