"""`routewijzer eval retrieval` and `eval beir`: how well the search finds."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli.eval_commands import AsJson, SetOption, check_folder, find_edition, find_questions
from cli.parts import Parts, open_parts
from cli.progress import progress
from corpus.progress import Progress

if TYPE_CHECKING:
    from assistant.retrieve import Retrieved
    from eval.ablation import Setup
    from eval.beir import Collection as BeirCollection
    from eval.questions import QuestionSet
    from eval.retrieval import Report

_ALL_HITS = 100_000  # every passage that the arms found: a document needs its best one only

# The parts of `eval` are imported inside the commands: other commands must not pay for them.


def retrieval(
    set_: SetOption = None,
    part: Annotated[
        Literal["tune", "final"] | None, typer.Option(help="Helft van de set; anders alles.")
    ] = None,
    edition: Annotated[
        str | None, typer.Option(metavar="N|staged", help="Editie; anders de gepubliceerde.")
    ] = None,
    ablation: Annotated[
        bool,
        typer.Option(
            "--ablation",
            help="Meet ook zonder elk onderdeel, en de pijplijn uit handleidingen ernaast.",
        ),
    ] = False,
    out: Annotated[Path | None, typer.Option(metavar="MAP", help="Waar het verslag komt.")] = None,
    json_: AsJson = False,
) -> None:
    """Meet hoe goed de zoekmachine de juiste passages vindt, per soort vraag."""
    from cli import search_output

    parts = open_parts()
    number, documents = find_edition(parts, edition)
    question_set = find_questions(set_, documents)
    name = f"retrieval-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    folder = out or parts.settings.data_dir / "eval" / name
    check_folder(folder)
    report = _measure(parts, question_set, part, number, ablation)
    search_output.write_retrieval(report, folder)
    search_output.show_retrieval(report, folder, json_)


def beir(
    folder: Annotated[Path, typer.Argument(metavar="MAP", help="Met corpus.jsonl en de rest.")],
    run_file: Annotated[
        Path | None, typer.Option("--run", metavar="UIT.trec", help="Schrijf de uitslag als TREC.")
    ] = None,
    k: Annotated[int, typer.Option("--k", min=1, help="Documenten per vraag.")] = 100,
    data: Annotated[
        Path | None,
        typer.Option(metavar="MAP", help="Waar de index blijft, voor een volgende keer."),
    ] = None,
    arms: Annotated[
        bool, typer.Option("--arms", help="Leg de losse manieren van zoeken ernaast.")
    ] = False,
    json_: AsJson = False,
) -> None:
    """Meet de zoekmachine op een verzameling in BEIR-formaat."""
    from cli import search_output
    from eval.beir import read_collection, write_trec_run
    from eval.beir_arms import compare_arms
    from eval.beir_index import best_documents, search_collection
    from eval.measures import measure_retrieval

    parts = open_parts()
    collection = read_collection(folder)
    if run_file is not None:
        check_folder(run_file.parent)
    where = data or parts.settings.data_dir / "eval" / "beir"
    with progress() as report:
        search = _beir_search(parts, collection, where, report)
        limit = parts.settings.max_question_chars
        found = search_collection(collection, search, limit, report)
    rankings = best_documents(found, k)
    if run_file is not None:
        write_trec_run(rankings, run_file)
    ids = {q: [document for document, _ in ranked] for q, ranked in rankings.items()}
    figures = measure_retrieval(collection.qrels, ids, search_output.BEIR)
    ways = compare_arms(collection, ids, found, k) if arms else None
    search_output.show_beir(collection, figures, ways, json_)


# --- steps -----------------------------------------------------------------------------------


def _measure(
    parts: Parts,
    question_set: QuestionSet,
    part: Literal["tune", "final"] | None,
    number: int,
    ablation: bool,
) -> Report:
    from eval.retrieval_run import Bench, measure_search
    from eval.shelf import EditionShelf

    contents = EditionShelf(parts.registry, parts.ledger).open(number)
    with progress() as report, tempfile.TemporaryDirectory() as scratch:
        bench = Bench(_setup(parts, number), parts.registry, contents, report)
        return measure_search(bench, question_set, part, Path(scratch) if ablation else None)


def _setup(parts: Parts, number: int | None) -> Setup:
    """The search as the assistant has it."""
    from corpus.glossary import load_glossary
    from eval.ablation import Setup

    file = parts.glossary_shelf.path
    words = parts.library.open_edition(number).words
    return Setup(
        library=parts.library,
        embedder=parts.embedder,
        analyser=parts.analyser,
        read_glossary=lambda analyser: load_glossary(file, analyser),
        max_question_chars=parts.settings.max_question_chars,
        edition=number,
        correct=lambda text: parts.speller.correct(text, words),
    )


def _beir_search(
    parts: Parts, collection: BeirCollection, where: Path, report: Progress
) -> Callable[[str], Retrieved]:
    """The production search over a collection, which is published in a folder of its own."""
    from assistant.retrieve import Retriever
    from assistant.understand import understand
    from corpus.editions import Editions
    from eval.beir_index import BulkIndexBuilder, collection_key, publish_collection

    settings = parts.settings.model_copy(
        update={"data_dir": where / collection_key(collection, parts.embedder.model_id)}
    )
    own = Parts(settings)
    editions = Editions(
        registry=own.registry,
        ledger=own.ledger,
        builder=BulkIndexBuilder(own.registry, own.analyser, own.model_id),
        lock=own.lock,
        data_dir=settings.data_dir,
        model_id=own.model_id,
    )
    publish_collection(
        collection, own.registry, own.ledger, editions, own.embedder, settings, report
    )
    retriever = Retriever(own.library, own.embedder, own.analyser, own.glossary)

    def search(question: str) -> Retrieved:
        query = understand(question, None, (), own.analyser, settings.max_question_chars)
        return retriever.search(query, _ALL_HITS)

    return search
