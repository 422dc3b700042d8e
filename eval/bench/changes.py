"""A change of the corpus as a machine makes it: read in by the server itself, then published."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from corpus.errors import NotReadyError
from corpus.settings import Settings
from eval.bench.serving import Server, command, environment, told_by

_API = "/api/corpus"
_AFTER_S = 5.0
"""How long it is said to go on after readers have the new edition: its first answers count, too."""
_LONGEST_S = 900.0
_POLL_S = 0.5
_BOUNDARY = "routewijzer-bench"


class Change:
    """A document that is put in and published, from the moment this is made."""

    def __init__(self, settings: Settings, server: Server, paper: Path) -> None:
        self._told = environment(settings)
        self._site = f"http://127.0.0.1:{server.port}"
        self._paper = paper
        self._began = time.monotonic()
        self._ended: float | None = None
        self.published = False
        self.read_s = 0.0
        """From the start until it was read and embedded."""
        threading.Thread(target=self._run, name="change", daemon=True).start()

    def going(self) -> bool:
        """Until a few seconds after the end of it, or until it takes too long."""
        ended, now = self._ended, time.monotonic()
        return now < (self._began + _LONGEST_S if ended is None else ended + _AFTER_S)

    @property
    def seconds(self) -> float:
        """That it took, or has taken so far."""
        return (self._ended or time.monotonic()) - self._began

    # --- steps -------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self.published = self._read_in() and self._publish()
        finally:
            self._ended = time.monotonic()

    def _read_in(self) -> bool:
        scopes = ("token", "add", "bench", "--scope", "read,ingest")
        token = told_by(self._told, *scopes).strip()
        job = self._ask(token, f"{_API}/documents", _form(self._paper))
        while job["state"] not in ("done", "failed") and self.seconds < _LONGEST_S:
            time.sleep(_POLL_S)
            job = self._ask(token, f"{_API}/jobs/{job['id']}")
        self.read_s = self.seconds
        return bool(job["state"] == "done")

    def _publish(self) -> bool:
        return command(self._told, "corpus", "publish").wait() == 0

    def _ask(self, token: str, path: str, form: bytes | None = None) -> dict[str, Any]:
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
        }
        try:
            asked = Request(self._site + path, form, headers)  # noqa: S310 - this machine
            with urlopen(asked, timeout=60) as response:  # noqa: S310
                found: dict[str, Any] = json.load(response)
        except URLError as error:
            raise NotReadyError(f"De server weigert {path}: {error}") from error
        return found


def _form(paper: Path) -> bytes:
    head = (
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="files"; '
        f'filename="{paper.name}"\r\nContent-Type: application/pdf\r\n\r\n'
    )
    return head.encode() + paper.read_bytes() + f"\r\n--{_BOUNDARY}--\r\n".encode()
