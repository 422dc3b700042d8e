"""What work there is: which function does which kind of job, and what it is told.

A job is started with ``JobRunner.start(kind, title, who, params)``; ``params`` are JSON values:

===========  ====================================================================================
kind         params
===========  ====================================================================================
ingest       ``load`` (id of a load of the spool), ``names`` (of its files, in order), ``fields``
             (what is known of every file, by the names of `ingest.fields.Fields`), ``pile`` (loads
             of one upload carry the same id, or ""); made by `web.staff.sending.start_files`
fetch        ``address``, ``fields``; made by `web.staff.sending.start_address`
refresh      ``document`` (id)
metadata     ``document`` (id), ``version`` (id of the one to go on from), ``fields`` (all of them)
stage        none: make an edition of all drafts and measure it
publish      ``edition`` (the staged one, as it was measured), ``why`` (needed when it was judged
             red, else "")
withdraw     ``document`` (id)
rehearse     ``document`` (id): try a withdrawal on a copy
rollback     ``edition``, ``seen`` (the edition that readers saw when it was asked for)
gaps-sort    none: give new questions a group
gaps-check   none: ask the questions of all solved groups again
gaps-ask     ``group`` (number)
===========  ====================================================================================

Every function can be called a second time for the same job, when the process that did it was
killed: ``job.again`` says so. What was done by then is told as done.

The result holds ``lines`` (a list of lines), ``next`` (address to go on to) and ``label`` (words of
that link).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from corpus.jobs import Job
from corpus.progress import Progress
from web.staff import document_work, edition_work, gap_work, receive
from web.staff.desk import Desk

Work = Callable[[Desk, Job, Progress], Mapping[str, Any]]

WORK: Mapping[str, Work] = {
    "ingest": receive.ingest,
    "fetch": receive.fetch,
    "refresh": document_work.refresh,
    "metadata": document_work.change_metadata,
    "stage": edition_work.stage_and_judge,
    "publish": edition_work.publish,
    "withdraw": edition_work.withdraw,
    "rehearse": edition_work.rehearse,
    "rollback": edition_work.roll_back,
    "gaps-sort": gap_work.sort,
    "gaps-check": gap_work.check,
    "gaps-ask": gap_work.ask,
}
