"""The examples for developers do what they say: each is run as it stands on the page."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys

import pytest
from playwright.sync_api import Page

EXAMPLES = ("curl", "stroom", "mening", "documenten")


def example(page: Page, name: str) -> str:
    page.goto("/docs")
    return page.locator(f"#voorbeeld-{name}").inner_text()


@pytest.mark.parametrize("name", EXAMPLES)
def test_curl(page: Page, name: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is niet geïnstalleerd")
    command = shlex.split(example(page, name).replace("\\\n", " "))
    ran = subprocess.run([*command, "-sS"], capture_output=True, encoding="utf-8", timeout=60)
    assert ran.returncode == 0, ran.stderr
    if name == "curl":
        assert json.loads(ran.stdout)["status"] == "answered"
    if name == "stroom":
        events = [line for line in ran.stdout.splitlines() if line.startswith("event: ")]
        assert events[0] == "event: statement"
        assert events[-1] == "event: answer"
    if name == "mening":
        assert json.loads(ran.stdout)["kept"] in (True, False)
    if name == "documenten":
        assert {"id", "title", "version_id"} <= set(json.loads(ran.stdout)[0])


def test_python(page: Page) -> None:
    code = example(page, "python")
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    assert "[1]" in ran.stdout


def test_javascript(page: Page) -> None:
    code = example(page, "javascript")
    told = "const said = []; const console = { log: (...words) => said.push(...words) };"
    run = f"async () => {{ {told} {code}; return said; }}"
    status, text = page.evaluate(run)
    assert status == "answered"
    assert "[1]" in text


def test_the_page_names_every_field_of_an_answer(page: Page) -> None:
    page.goto("/docs")
    answer = page.evaluate(
        """async () => (await fetch('/api/chat', {
          method: 'POST', headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ question: 'Wat is de Mkb-route?' }),
        })).json()"""
    )
    text = page.locator("main").inner_text()
    fields = {*answer, *answer["citations"][0], *answer["statements"][0]}
    assert [field for field in sorted(fields) if field not in text] == []
