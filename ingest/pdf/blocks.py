"""A PDF as blocks (placeholder: helper P2 replaces this file)."""

from __future__ import annotations

from ingest.blocks import Block
from ingest.hyphens import Joiner
from ingest.pages import Read


def pdf_blocks(read: Read, joiner: Joiner) -> list[Block]:
    """The blocks of a PDF."""
    raise NotImplementedError
