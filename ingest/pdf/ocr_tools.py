"""The programs that recognise text in pictures of pages: ocrmypdf, or tesseract by itself.

They read what strangers made, so they run apart, with a limit of time, and without the keys in
our environment. Neither uses the network.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.sandbox import ENVIRONMENT, kill_group

_DUTCH, _ENGLISH, _ORIENTATION = "nld", "eng", "osd"
_LISTING = 20  # seconds for the list of languages
_MEGAPIXELS = "128"
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
"""Tesseract is no faster with more, and slower where they have to wait for each other."""


class OcrError(Exception):
    """A program that recognises text stopped with an error or took too long."""


@dataclass(frozen=True, slots=True)
class OcrTools:
    """What is installed. Without ``tesseract`` nothing is recognised."""

    ocrmypdf: str | None
    tesseract: str | None
    languages: frozenset[str]

    @property
    def dutch(self) -> bool:
        """Whether Dutch can be recognised."""
        return self.tesseract is not None and _DUTCH in self.languages

    @property
    def language(self) -> str:
        """The languages to recognise, as tesseract wants them."""
        return f"{_DUTCH}+{_ENGLISH}" if _ENGLISH in self.languages else _DUTCH


def find_tools() -> OcrTools:
    """What is on the PATH."""
    tesseract = shutil.which("tesseract")
    languages: frozenset[str] = frozenset()
    if tesseract is not None:
        try:
            listed = _run([tesseract, "--list-langs"], time.monotonic() + _LISTING)
        except OcrError:
            tesseract = None
        else:
            languages = frozenset(listed.decode("utf-8", errors="replace").split())
    return OcrTools(shutil.which("ocrmypdf"), tesseract, languages)


def run_ocrmypdf(
    tools: OcrTools, data: bytes, pages: Sequence[int], folder: Path, deadline: float
) -> bytes:
    """The PDF ``data`` with a text layer on ``pages``, which become pictures: text that is on
    them already is left out of the result. Raises OcrError."""
    if tools.ocrmypdf is None:
        raise OcrError("ocrmypdf is not installed")
    source, result = folder / "in.pdf", folder / "out.pdf"
    source.write_bytes(data)
    turn = ["--rotate-pages"] if _ORIENTATION in tools.languages else []
    _run(
        [
            tools.ocrmypdf,
            "--force-ocr",
            f"--pages={','.join(map(str, pages))}",
            f"--language={tools.language}",
            *turn,
            "--deskew",
            "--output-type=pdf",
            "--optimize=0",
            f"--max-image-mpixels={_MEGAPIXELS}",
            f"--jobs={os.cpu_count() or 1}",
            "--quiet",
            str(source),
            str(result),
        ],
        deadline,
    )
    if not result.is_file():
        raise OcrError("ocrmypdf made nothing")
    return result.read_bytes()


def run_tesseract(
    tools: OcrTools, picture: bytes, dots_per_inch: int, folder: Path, deadline: float
) -> bytes:
    """A PDF of one page with the text in ``picture`` (a PGM file). Raises OcrError."""
    if tools.tesseract is None:
        raise OcrError("tesseract is not installed")
    source, result = folder / "page.pgm", folder / "page"
    source.write_bytes(picture)
    segmentation = "1" if _ORIENTATION in tools.languages else "3"  # 1: turns the page first
    _run(
        [
            tools.tesseract,
            str(source),
            str(result),
            "-l",
            tools.language,
            "--dpi",
            str(dots_per_inch),
            "--psm",
            segmentation,
            "-c",
            "textonly_pdf=1",
            "pdf",
        ],
        deadline,
    )
    return result.with_suffix(".pdf").read_bytes()


def _run(command: Sequence[str], deadline: float) -> bytes:
    """What ``command`` writes on standard output; OcrError when it fails or takes too long."""
    environment = {key: value for key, value in os.environ.items() if key in ENVIRONMENT}
    try:
        # Found on the PATH by name; files of ours as arguments.
        process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=environment | _ONE_THREAD,
        )
    except OSError as problem:
        raise OcrError(f"{command[0]}: {problem.strerror}") from None
    with process:
        try:
            output, _ = process.communicate(timeout=max(deadline - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            raise OcrError(f"{command[0]} takes too long") from None
        finally:
            kill_group(process)
    if process.returncode != 0:
        raise OcrError(f"{command[0]} ended with {process.returncode}")
    return output
