"""The command line in this process with a fake model, and in a process of its own with the real
one. Each test has a data folder of its own."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main

from cli.main import run
from cli.parts import Parts
from corpus.dutch import DutchAnalyser
from corpus.glossary import Glossary, load_glossary
from corpus.glossary_shelf import SHIPPED
from corpus.model_setup import MODEL_NAME, model_folder, read_record
from corpus.progress import no_progress
from corpus.settings import Settings
from ingest.arrive.files import collect_sources
from ingest.source import PartialMetadata
from tests.cli.topics import topics
from tests.fakes import HashEmbedder
from tests.made_once import made_once
from tests.read_once import our_set
from tests.tiny_embedder import save_embedder

REPOSITORY = Path(__file__).parents[2]

BIKES = """# Fietsen naar het werk

## Wat is een leenfiets?

Een leenfiets is een fiets die het bedrijf aan een student uitleent. De student betaalt er niets
voor.

## Hoeveel kost een leenfiets?

- Het bedrijf betaalt 450 euro per leenfiets.
- De verzekering kost 30 euro per jaar.
"""
CANTEEN = """# Eten in de kantine

## Wie kookt er?

In de kantine kookt Anna elke dag soep. Op vrijdag bakt Joost brood.

## Wanneer is de kantine open?

De kantine is open van maandag tot en met vrijdag. In de zomer is de kantine gesloten.
"""


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Cli = Callable[..., Ran]


_command = cache(typer.main.get_command)
_glossary = cache(load_glossary)


@pytest.fixture(scope="module", autouse=True)
def loaded_once(analyser: DutchAnalyser) -> Iterator[None]:
    """What each command loads anew, and is the same each time, is loaded once for all tests: the
    commands that there are, the words of the language, our glossary and our questions."""

    def glossary(path: Path, analyser: DutchAnalyser) -> Glossary:
        return (_glossary if path == SHIPPED else load_glossary)(path, analyser)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("typer.main.get_command", _command)
        patch.setattr("cli.models.DutchAnalyser", lambda: analyser)
        patch.setattr("corpus.live_glossary.load_glossary", glossary)
        patch.setattr("eval.sets.load_set", our_set)
        yield


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "gegevens"
    monkeypatch.setenv("ROUTEWIJZER_DATA_DIR", str(folder))
    return folder


@pytest.fixture
def cli(
    data_dir: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Cli:
    """Runs a command in this process. The model is a fake one; none is set up."""
    monkeypatch.setenv("ROUTEWIJZER_MODEL_DIR", str(tmp_path / "geen-model"))
    monkeypatch.setattr("corpus.embedder.open_embedder", lambda _settings: HashEmbedder())
    return in_process(monkeypatch, capsys)


def in_process(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    def call(*arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["routewijzer", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            run()
        printed = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return Ran(left.value.code, printed.out, printed.err)

    return call


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with two documents, fietsen.md and kantine.md."""
    return _two_documents(tmp_path)


def _two_documents(parent: Path) -> Path:
    folder = parent / "documenten"
    folder.mkdir()
    (folder / "fietsen.md").write_text(BIKES, encoding="utf-8")
    (folder / "kantine.md").write_text(CANTEEN, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def published_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with both documents published as edition 1, for tests to copy."""
    folder = tmp_path_factory.mktemp("gepubliceerd")
    settings = Settings(data_dir=folder / "gegevens", model_dir=folder / "geen-model")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus.embedder.open_embedder", lambda _settings: HashEmbedder())
        return publish(_two_documents(folder), settings)


def publish(documents: Path, settings: Settings) -> Path:
    """Publish a folder of documents as edition 1; the data folder."""
    parts = Parts(settings)
    sources = collect_sources([documents], PartialMetadata(), settings)
    parts.pipeline.ingest(sources, no_progress)
    parts.editions.publish("tester", no_progress)
    parts.registry.engine.dispose()
    return settings.data_dir


@pytest.fixture
def published(cli: Cli, published_once: Path, data_dir: Path) -> Cli:
    """The command line with both documents published as edition 1."""
    shutil.copytree(published_once, data_dir)
    return cli


def refused(ran: Ran, *said: str, code: int = 2) -> None:
    """Assert that a command said what was wrong in one line, and nothing else."""
    assert (ran.code, ran.out) == (code, ""), ran
    assert ran.err.startswith("routewijzer: ")
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err
    for part in said:
        assert part in ran.err


# --- processes, with a tiny model where it does not matter what texts mean -----------------------


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is started in this file loads a tiny model, which takes no time."""

    def make(folder: Path) -> None:
        save_embedder(folder / MODEL_NAME)

    made = made_once("woorddelen", make, tmp_path_factory)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROUTEWIJZER_MODEL_DIR", str(made))
        yield


@pytest.fixture(scope="module")
def tiny_published(tiny_model: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with some documents published with it, for tests to copy."""
    folder = tmp_path_factory.mktemp("klein")
    documents = topics(folder / "documenten", range(6))
    (documents / "fietsen.md").write_text(BIKES, encoding="utf-8")
    return publish(documents, Settings(data_dir=folder / "gegevens"))


# --- the real model, in a process of its own ---------------------------------------------------

COMMAND = (sys.executable, "-c", "from cli.main import run; run()")


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    """What a command runs with: no setting from outside, except where the model is."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ROUTEWIJZER_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)  # each command would compile all our modules anew
    model_dir = str(Settings().model_dir)
    return {
        **kept,
        "ROUTEWIJZER_MODEL_DIR": model_dir,
        "ROUTEWIJZER_DATA_DIR": str(data_dir),
        "PYTHONPATH": str(REPOSITORY),
        **more,
    }


def in_subprocess(data_dir: Path, *arguments: str | Path, **more: str) -> Ran:
    """One command, start to end, in a new process."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        env=environment(data_dir, **more),
        capture_output=True,
        encoding="utf-8",
        timeout=350,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def timed(data_dir: Path, *arguments: str | Path) -> tuple[Ran, float]:
    """One command in a new process, and the seconds of processor time that it took: unlike the
    clock these do not depend on what else the machine does."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = in_subprocess(data_dir, *arguments)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ran, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@dataclass(frozen=True)
class FirstIngest:
    """Documents that were published in an empty data folder, and the processor time it took."""

    documents: Path
    data_dir: Path
    seconds: float

    @property
    def count(self) -> int:
        return len(list(self.documents.iterdir()))


@pytest.fixture(scope="session")
def real_model() -> None:
    """Skips the test when the real model is not set up."""
    if read_record(model_folder(Settings())) is None:
        pytest.skip("the embedding model is not set up: run `make install`")


@pytest.fixture(scope="session")
def first_ingest(real_model: None, tmp_path_factory: pytest.TempPathFactory) -> FirstIngest:
    """Some thirty passages, published with the real model."""
    made = made_once("klein", _ingest_first, tmp_path_factory)
    data_dir = tmp_path_factory.mktemp("klein") / "gegevens"
    shutil.copytree(made / "gegevens", data_dir)
    seconds = float((made / "seconden").read_text(encoding="utf-8"))
    return FirstIngest(made / "documenten", data_dir, seconds)


def _ingest_first(folder: Path) -> None:
    documents = topics(folder / "documenten", range(8))
    (documents / "fietsen.md").write_text(BIKES, encoding="utf-8")
    ran, seconds = timed(folder / "gegevens", "ingest", documents, "--publish")
    assert ran.code == 0, ran
    (folder / "seconden").write_text(str(seconds), encoding="utf-8")


@pytest.fixture(scope="session")
def small_published(first_ingest: FirstIngest) -> Path:
    """The data folder of that, for tests that change nothing."""
    return first_ingest.data_dir


@pytest.fixture
def own_copy(small_published: Path, tmp_path: Path) -> Path:
    """That data folder, for a test that changes it."""
    return Path(shutil.copytree(small_published, tmp_path / "kopie"))
