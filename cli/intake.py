"""What the options of `routewijzer ingest` name: files, a manifest, or a page from the web."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cli.parts import Parts
from corpus.errors import BadInputError
from corpus.progress import Progress
from ingest.arrive.files import collect
from ingest.arrive.manifest import read_manifest
from ingest.fields import Fields
from ingest.intake import Taken, from_web


def gather(
    parts: Parts, paths: Sequence[Path], manifest: Path | None, fields: Fields, report: Progress
) -> Taken:
    """The sources that the options of `ingest` name. Without files, a url is where to fetch.

    Raises BadInputError when the options do not go together or a source cannot be had.
    """
    if manifest is not None and paths:
        raise BadInputError("Geef bestanden óf een --manifest, niet allebei.")
    if manifest is not None:
        if fields != Fields():
            raise BadInputError(
                "Bij --manifest horen titel, soort en andere gegevens in het manifest zelf."
            )
        return Taken(read_manifest(manifest, parts.settings))
    if paths:
        found = collect(paths, fields.metadata(), parts.settings, fields.id)
        return Taken(found.sources, found.notes)
    if fields.url is None:
        raise BadInputError("Noem een bestand of map, of geef een --manifest of --url.")
    return from_web(parts.open_fetcher(), fields.url, fields, report)
