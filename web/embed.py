"""The assistant as a small window on another site: the page that is shown in it.

``static/embed.js`` is the script that such a site has; it makes the button and the window.
"""

from __future__ import annotations

from corpus.settings import Settings
from web.guard import SECURITY_HEADERS

POLICY = "Content-Security-Policy"


def framing_policy(settings: Settings) -> str:
    """The Content-Security-Policy of the window: that of every page, except for who may show it."""
    allowed = " ".join(settings.embed_origins) or "'none'"
    kept = [part.strip() for part in SECURITY_HEADERS[POLICY].split(";")]
    others = [part for part in kept if not part.startswith("frame-ancestors")]
    return "; ".join([*others, f"frame-ancestors {allowed}"])
