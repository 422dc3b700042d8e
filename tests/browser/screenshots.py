"""`python -m tests.browser.screenshots`: every page as it looks now, narrow and wide, a few dark.

On the starter pages, with a made-up PDF beside them, so that nothing of others is in the pictures.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from cli.parts import Parts
from corpus.model_setup import ensure_model
from corpus.progress import no_progress
from corpus.settings import Settings
from eval.bench.browsing import find_browser
from ingest.arrive.files import collect_sources
from ingest.source import PartialMetadata
from tests.browser.asking import NOT_FOUND
from tests.browser.shots import READERS, STAFF, Shot, at
from tests.browser.site import running, serving
from tests.browser.test_embed import NAME as EMBED_BUTTON
from tests.browser.test_embed import other_site
from tests.browser.test_staff_path import NAME, PARKING, PASSWORD
from tests.pdfs import lines, pdf, prose
from tests.starter import STARTER

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
SIZES = {"smal": (390, 844), "breed": (1280, 800)}
DARK = ("begin", "antwoord", "bron", "beheer-overzicht")
TALLEST = 1600
QUALITY = 45
PATIENCE_MS, LONG_MS = 60_000, 600_000

SIGNED_OUT = ("inloggen", "inloggen-elders")
SIGN_IN_ELSEWHERE = {
    "public_url": "https://routewijzer.voorbeeld.nl",
    "oidc_issuer": "https://connect.voorbeeld.nl",
    "oidc_client_id": "routewijzer.voorbeeld.nl",
    "oidc_client_secret": "nergens-geldig",
}
"""Of a provider that nobody goes to: only its button is in the picture."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the pictures; returns the exit code: 0, or 1 when a page could not be shown."""
    parser = argparse.ArgumentParser(description="Maak schermafdrukken van elke pagina.")
    parser.add_argument("--out", type=Path, default=FOLDER, metavar="MAP")
    parser.add_argument("--data", type=Path, metavar="MAP", help="startpagina's, al gepubliceerd")
    given = parser.parse_args(arguments)
    path = find_browser()
    if path is None:
        print("Er is geen browser; installeer hem met: apt-get install chromium", file=sys.stderr)
        return 1
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        school = stack.enter_context(serving(other_site()))
        folder = _publish(Path(name), given.data)
        address = stack.enter_context(running(folder, embed_origins=school))
        elsewhere = stack.enter_context(running(folder, **SIGN_IN_ELSEWHERE))
        expect.set_options(timeout=PATIENCE_MS)
        playwright = stack.enter_context(sync_playwright())
        unconfined = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=unconfined)
        others = {
            "venster": _window(school, address),
            "inloggen-elders": at(f"{elsewhere}/beheer/inloggen"),
        }
        failed = _all(browser, address, others, given.out)
        browser.close()
    for line in failed:
        print(line, file=sys.stderr)
    return 1 if failed else 0


def _publish(folder: Path, made: Path | None) -> Path:
    """A data folder with editions, an account, and a draft that waits."""
    data = folder / "var"
    if made is not None:
        shutil.copytree(made, data)
    settings = Settings(data_dir=data)
    ensure_model(settings)
    parts = Parts(settings)
    if made is None:
        _ingest(parts, STARTER)
        parts.editions.publish("anna", no_progress)
    more = folder / "meer"
    more.mkdir()
    (more / "parkeren.md").write_text(PARKING, encoding="utf-8")
    (more / "gids.pdf").write_bytes(_guide())
    _ingest(parts, more)
    parts.editions.publish("anna", no_progress)
    (more / "parkeren.md").write_text(PARKING.replace("75 euro", "80 euro"), encoding="utf-8")
    _ingest(parts, more)
    parts.accounts.add(NAME, PASSWORD, "publisher")
    parts.api_tokens.add("Roosterkoppeling", ("read", "ingest"), 90, NAME)
    parts.registry.engine.dispose()
    return data


def _ingest(parts: Parts, folder: Path) -> None:
    sources = collect_sources([folder], PartialMetadata(), parts.settings)
    parts.pipeline.ingest(sources, no_progress)


def _guide() -> bytes:
    return pdf(
        lines("Gids voor oefenlocaties", size=24, y=740),
        lines(
            "Begeleiding",
            "",
            "Op de oefenlocatie krijgt een student vier uur begeleiding per week.",
            "De begeleider plant die uren samen met de student.",
            "",
            *prose(8),
            size=11,
        ),
    )


def _all(browser: Browser, address: str, others: dict[str, Shot], out: Path) -> list[str]:
    failed = []
    state = _signed_in(browser, address)
    for size, (width, height) in SIZES.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(
                base_url=address,
                viewport={"width": width, "height": height},
                locale="nl-NL",
                color_scheme="dark" if scheme == "dark" else "light",
                storage_state=state,  # type: ignore[arg-type]
            )
            context.set_default_timeout(PATIENCE_MS)
            page = context.new_page()
            shots = {**READERS, **STAFF, **others}
            for name, open_ in shots.items():
                if scheme == "light" or name in DARK:
                    if name in SIGNED_OUT:
                        context.clear_cookies()
                    failed += _shoot(page, open_, out / f"{_file(name, size, scheme)}.webp")
                    if name in (*SIGNED_OUT, "engels"):  # signed out, and in another language
                        context.clear_cookies()
                        context.add_cookies(state["cookies"])  # type: ignore[index, arg-type]
            context.close()
    return failed


def _window(school: str, address: str) -> Shot:
    def open_(page: Page) -> None:
        page.goto(f"{school}/?van={address}")
        page.get_by_role("button", name=EMBED_BUTTON).click()
        expect(page.frame_locator("iframe").locator("#vraag")).to_be_visible()

    return open_


def _signed_in(browser: Browser, address: str) -> object:
    """The cookies of staff, after some work: questions sorted, and what waits measured."""
    context = browser.new_context(base_url=address)
    context.set_default_timeout(LONG_MS)
    page = context.new_page()
    for question in (
        NOT_FOUND,
        "Wat verdient een student per uur?",
        "Wat is het adres van het programma?",
    ):
        page.goto(f"/?vraag={question}")
    page.goto("/beheer")
    page.get_by_label("Naam").fill(NAME)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.goto("/beheer/open-vragen")
    page.locator("form[action$='/indelen'] button").click()
    expect(page.locator(".job-done")).to_be_visible(timeout=LONG_MS)
    page.goto("/beheer/publiceren")
    page.get_by_role("button", name="Klaarzetten en meten").click()
    expect(page.locator(".job-done")).to_be_visible(timeout=LONG_MS)
    state = context.storage_state()
    context.close()
    return state


def _shoot(page: Page, open_: Shot, path: Path) -> list[str]:
    try:
        open_(page)
        page.wait_for_load_state("networkidle")
        picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    except Exception as error:  # noqa: BLE001 - one page less; the others are still made
        return [f"{path.name}: {str(error).splitlines()[0]}"]
    picture.crop((0, 0, picture.width, min(picture.height, TALLEST))).convert("RGB").save(
        path, "WEBP", quality=QUALITY, method=6
    )
    return []


def _file(name: str, size: str, scheme: str) -> str:
    return f"{name}-{size}{'-donker' if scheme == 'dark' else ''}"


if __name__ == "__main__":
    sys.exit(main())
