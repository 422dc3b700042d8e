"""What the description of the HTTP interface promises, the application does: whatever is sent.

Requests are made from the description itself (schemathesis): its own examples, sound ones, ones at
the edge of what is allowed, and wrong ones. The same on every run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.python.asgi import get_client

from corpus.api_tokens import SCOPES
from tests.web.whole import NAME, Whole, whole_site
from web.bearer import PREFIX

# What is tested here is the same wherever the corpus is kept.
pytestmark = pytest.mark.embedded

MADE_UP = 12
"""Requests that are made up for each operation and each mode, besides those at the edges."""
BOTH = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
_REFUSED = ["2xx", "3xx", "400", "401", "403", "404", "409", "429"]
"""What a sound request may get: no schema can say that a question is more than spaces (400)."""
_CHECKS = {
    "positive_data_acceptance": {"expected-statuses": _REFUSED},
    "not_a_server_error": {"expected-statuses": ["2xx", "3xx", "4xx"]},
}

OF_EACH_ROUTE = "allow_header_conformance"
"""Left out: where two functions share a path, Starlette names the methods of one of them."""
OF_WRONG_REQUESTS = "negative_data_rejection"
"""Left out for machines: the token that comes along mends a request that lacks it, and in a form
everything is text."""
SAME_EACH_TIME = settings(
    max_examples=MADE_UP,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("QUESTIONS", "NOTES", "ACTS"):
            patch.setenv(f"ROUTEWIJZER_{kind}_PER_MINUTE", "0")
        with whole_site(tmp_path_factory) as site:
            yield site


@pytest.fixture(scope="module")
def client(whole: Whole) -> Iterator[Any]:
    """A program that may do everything, work with the documents included."""
    _, token = whole.parts.api_tokens.add("proef", SCOPES, 1, NAME)
    with get_client(whole.app) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


@pytest.fixture(scope="module")
def described(whole: Whole) -> Any:
    """The description, read from the application as any program would."""
    load_all_checks()
    config = SchemathesisConfig.from_dict({"checks": _CHECKS})
    return schemathesis.openapi.from_asgi("/openapi.json", whole.app, config=config)


@pytest.fixture(scope="module")
def operations(described: Any) -> list[Any]:
    return [found.ok() for found in described.get_all_operations()]


def test_requests_at_the_edges(client: Any, described: Any, operations: list[Any]) -> None:
    """Sound and wrong ones: nothing, too much, the longest, another type, another method."""
    sent = 0
    for operation in operations:
        for case in described.iter_coverage_cases(
            operation, generation_modes=BOTH, generation_config=described.config.generation
        ):
            case.call_and_validate(session=client, checks=checks_of(operation))
            sent += 1
    assert sent > 10 * len(operations)


@pytest.mark.parametrize("mode", BOTH, ids=lambda mode: mode.value)
def test_requests_that_are_made_up(
    client: Any, operations: list[Any], mode: GenerationMode
) -> None:
    for operation in operations:
        if mode is GenerationMode.POSITIVE or takes_something(operation):
            send_made_up(operation, mode, client)


def send_made_up(operation: Any, mode: GenerationMode, client: Any) -> None:
    @SAME_EACH_TIME
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        case.call_and_validate(session=client, checks=checks_of(operation))

    send()


def checks_of(operation: Any) -> list[Any]:
    names = set(CHECKS.get_all_names()) - {OF_EACH_ROUTE}
    if operation.path.startswith(PREFIX):
        names.discard(OF_WRONG_REQUESTS)
    return CHECKS.get_by_names(sorted(names))


def takes_something(operation: Any) -> bool:
    """Whether a request can be wrong: any text will do in a path."""
    return bool(operation.query or operation.body)


def test_what_one_request_gives_leads_to_the_next(client: Any, described: Any) -> None:
    """Every document of the list has its text, and so on for whatever else hands out an id."""
    reached: Counter[tuple[str, int]] = Counter()

    class Walk(described.as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"session": client}

        def validate_response(self, response: Any, case: Any, **more: Any) -> None:
            reached[case.operation.path, response.status_code] += 1
            super().validate_response(response, case, **more)

    Walk.run(settings=settings(SAME_EACH_TIME, stateful_step_count=5))
    assert reached["/api/documents/{document_id}/text", 200] > 0
