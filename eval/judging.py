"""Judges what waits, or a withdrawal, with the parts of an installation."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import NotReadyError
from corpus.progress import Progress
from eval import publish
from eval.kept import code_release
from eval.rehearsal import rehearsal
from eval.sets import sets_of
from eval.verdict import Verdict, read_verdict, report_folder
from eval.workshop import Workshop


def judge_staged(shop: Workshop, report: Progress) -> Verdict | None:
    """Judge the staged edition; None when nothing is published to compare it with."""
    if shop.ledger.current() is None:
        return None
    return publish.judge_staged(judge_of(shop), shop.editions, report)


def rehearse_withdrawal(
    shop: Workshop, ids: Sequence[str], report: Progress, keep: Path | None = None
) -> Verdict:
    """What readers would lose with these documents: they are withdrawn in a copy of the data
    folder, and nothing else changes. Verdict and answers are put in the folder ``keep``.

    Raises BadInputError when one is not published.
    """
    published = shop.ledger.current()
    with rehearsal(shop) as copy:
        change = copy.editions.withdraw(ids, "proef", report)
        if published is None:
            raise NotReadyError("Er is nog niets gepubliceerd om weg te halen.")
        verdict = publish.judge_edition(
            judge_of(copy), published, change.edition, change, report, on_purpose=ids
        )
        if keep is not None:
            shutil.rmtree(keep, ignore_errors=True)
            shutil.copytree(report_folder(copy.settings.data_dir, change.edition), keep)
        return verdict


def kept_verdict(shop: Workshop) -> Verdict | None:
    """The verdict on the staged edition, when that is what would be published now."""
    number = shop.editions.staged()
    if number is None or not shop.editions.up_to_date(number):
        return None  # something came in after it was judged
    verdict = read_verdict(report_folder(shop.settings.data_dir, number))
    if verdict is None or verdict.published != shop.ledger.current():
        return None
    return verdict


def judge_of(shop: Workshop) -> publish.Judge:
    """What the gate needs, from the parts."""
    return publish.Judge(
        assistant=shop.assistant,
        embedder=shop.embedder,
        registry=shop.registry,
        ledger=shop.ledger,
        library=shop.library,
        sets=sets_of(shop.settings.data_dir),
        data_dir=shop.settings.data_dir,
        release=code_release([shop.model_id, shop.glossary_shelf.text()]),
    )
