"""Folders that take long to make: made once for every test and every worker."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def made_once(
    name: str, make: Callable[[Path], None], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder ``name``, which ``make`` fills when it is first asked for.

    Other workers read it at the same time: copy it before anything may write in it.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / name
    with FileLock(shared / f"{name}.lock"):
        if not folder.is_dir():
            half = shared / f"{name}-half"
            half.mkdir()
            make(half)
            half.rename(folder)
    return folder
