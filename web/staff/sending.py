"""Has files or a page from the web read, by whichever process does the work."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import BinaryIO

from ingest.fields import Fields
from ingest.intake import given_values
from web.staff.desk import Desk
from web.staff.jobs import JobRunner
from web.staff.receive import INGEST
from web.staff.spool import Spool


def start_files(
    desk: Desk,
    runner: JobRunner,
    files: Iterable[tuple[str, BinaryIO]],
    fields: Fields,
    who: str,
    pile: str = "",
) -> str:
    """Keep files until they are read, and have that done; the id of the job.

    ``files`` are (name, content); ``fields`` hold for every file that does not say it itself;
    loads of one upload carry the same ``pile``. Raises NotReadyError when there is no room.
    """
    load = Spool(desk.settings.data_dir).open()
    try:
        for name, content in files:
            load.add(file_name(name), content)
        names = [kept.name for kept in load.files]
        params = {"load": load.id, "names": names, "fields": given_values(fields), "pile": pile}
        job_id = runner.start(INGEST, _title(names), who, params)
    except BaseException:
        load.close()
        raise
    load.release()  # only now: the job says whose it is
    return job_id


def start_address(runner: JobRunner, address: str, fields: Fields, who: str) -> str:
    """Have a page from the web read; the id of the job. The address was checked before."""
    params = {"address": address, "fields": given_values(fields)}
    return runner.start("fetch", f"Ophalen: {address}", who, params)


def file_name(sent: str) -> str:
    """What a browser calls a file, without folders and signs that cannot be shown."""
    last = PurePath(sent.replace("\\", "/")).name
    return "".join(char for char in last if char.isprintable())[-150:].strip() or "naamloos"


def _title(names: list[str]) -> str:
    return f"Inlezen: {names[0]}" if len(names) == 1 else f"Inlezen: {len(names)} bestanden"
