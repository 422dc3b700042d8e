"""What may go wrong in a browser without anybody seeing it: noted down, and asserted at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request, WebError


@dataclass
class Watch:
    """Notes faults of every page of the contexts that it is put on.

    Console errors are there too when the Content-Security-Policy stops something.
    """

    faults: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    """Parts of faults that a test brings about on purpose."""
    hosts: set[str] = field(default_factory=set)
    """Hosts that pages of a test may ask; all of this machine."""

    def put_on(self, context: BrowserContext) -> None:
        """Watch all pages of ``context``, those that are still to be opened, too."""
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("dialog", self._dialog)

    def expect(self, *parts: str) -> None:
        """A fault that holds one of these ``parts`` is no fault in this test."""
        self.expected.extend(parts)

    def allow(self, address: str) -> None:
        """Pages may ask the server at ``address``."""
        self.hosts.add(urlsplit(address).netloc)

    def unexpected(self) -> list[str]:
        """The faults that no test asked for."""
        return [f for f in self.faults if not any(part in f for part in self.expected)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console {message.type}: {message.text}")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob", "about") and address.netloc not in self.hosts:
            self.faults.append(f"request to another host: {request.url}")

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()


def text_of(page: Page, selector: str) -> str:
    """The text of the one element with ``selector``, spaces folded."""
    return " ".join(page.locator(selector).inner_text().split())
