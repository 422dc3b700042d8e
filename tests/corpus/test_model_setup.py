"""Setting up the model folder: whole or not there at all, once, by one process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import e5_weights, model_graph, model_setup
from corpus.errors import NotReadyError
from corpus.model_setup import MODEL_NAME, RECORD_FILE, ensure_model, model_folder, read_record
from corpus.pieces import COMPACT_FILE, read_compact, read_tokenizer
from corpus.settings import Settings
from tests.tiny_embedder import save_embedder

REPOSITORY = Path(__file__).parents[2]
Build = Callable[[Path, model_setup.Progress], None]

# A stand-in for the real build, for a process of its own. `{step}` happens half way.
SCRIPT = """
import os, signal, sys, time
from pathlib import Path
from corpus import model_setup
from corpus.settings import Settings

def build(part, progress):
    part.mkdir()
    (part / "weights").write_bytes(b"half")
    with open(part.parent / "builds.log", "a") as log:
        log.write("build\\n")
    {step}
    (part / "weights").write_bytes(b"whole")
    (part / model_setup.COMPACT_FILE).touch()
    model_setup._write_record(part)

model_setup._build = build
print(model_setup.ensure_model(Settings(model_dir=Path(sys.argv[1]))))
"""


def start(step: str, model_dir: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SCRIPT.format(step=step), str(model_dir)]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def small_build(part: Path, progress: model_setup.Progress) -> None:
    progress("bouwen")
    part.mkdir()
    (part / "weights").write_bytes(b"whole")
    (part / COMPACT_FILE).touch()
    model_setup._write_record(part)


@pytest.fixture(scope="session")
def real_folder() -> Path:
    return ensure_model(Settings())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(model_dir=tmp_path / "models")


def visible(settings: Settings) -> list[str]:
    return [path.name for path in settings.model_dir.iterdir() if path.suffix != ".lock"]


def test_the_real_folder_is_a_sentence_transformers_model(real_folder: Path) -> None:
    modules = json.loads((real_folder / "modules.json").read_text())
    assert [entry["type"].rsplit(".", 1)[-1] for entry in modules] == [
        "Transformer",
        "Pooling",
        "Normalize",
    ]
    config = json.loads((real_folder / "config_sentence_transformers.json").read_text())
    assert config["prompts"] == {"query": "query: ", "document": "passage: "}


def test_the_real_folder_keeps_the_weights_once(real_folder: Path) -> None:
    sizes = [path.stat().st_size for path in real_folder.rglob("*") if path.is_file()]
    assert sum(sizes) < 500_000_000
    assert (real_folder / model_graph.GRAPH_FILE).stat().st_size < 1_000_000
    assert not [path for path in real_folder.parent.iterdir() if path.suffix in (".part", ".old")]


def test_the_real_record_names_model_and_weights(real_folder: Path) -> None:
    record = read_record(real_folder)
    assert record is not None
    name, digits = record.model_id.split("@")
    assert name == MODEL_NAME
    assert len(digits) == 12
    assert int(digits, 16) > 0
    assert record.weights_sha256 == e5_weights.WEIGHTS_SHA256
    assert model_graph.WEIGHTS_FILE in record.files


def test_makes_the_folder_once_and_tells_what_it_does(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_setup, "_build", small_build)
    lines: list[str] = []
    assert ensure_model(settings, lines.append) == model_folder(settings)
    assert lines[0] == "bouwen"
    assert str(model_folder(settings)) in lines[-1]
    again: list[str] = []
    ensure_model(settings, again.append)
    assert again == []
    assert visible(settings) == [MODEL_NAME]


def damage_size(folder: Path) -> None:
    (folder / "weights").write_bytes(b"whol")


def damage_missing(folder: Path) -> None:
    (folder / "weights").unlink()


def damage_record(folder: Path) -> None:
    (folder / RECORD_FILE).write_text("{half")


def damage_release(folder: Path) -> None:
    record = json.loads((folder / RECORD_FILE).read_text())
    (folder / RECORD_FILE).write_text(json.dumps(record | {"format": model_setup.FORMAT + 1}))


@pytest.mark.parametrize("damage", [damage_size, damage_missing, damage_record, damage_release])
def test_a_folder_that_is_not_whole_or_of_another_release_is_made_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None]
) -> None:
    monkeypatch.setattr(model_setup, "_build", small_build)
    folder = ensure_model(settings)
    damage(folder)
    assert read_record(folder) is None
    ensure_model(settings)
    assert read_record(folder) is not None
    assert (folder / "weights").read_bytes() == b"whole"
    assert visible(settings) == [MODEL_NAME]


def test_an_error_half_way_leaves_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(part: Path, progress: model_setup.Progress) -> None:
        part.mkdir()
        (part / "weights").write_bytes(b"half")
        raise RuntimeError("half way")

    monkeypatch.setattr(model_setup, "_build", fail)
    with pytest.raises(RuntimeError, match="half way"):
        ensure_model(settings)
    assert visible(settings) == []


def test_a_full_disk_gives_a_clear_error(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(part: Path, progress: model_setup.Progress) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(model_setup, "_build", fail)
    with pytest.raises(NotReadyError, match="ROUTEWIJZER_MODEL_DIR"):
        ensure_model(settings)


def test_a_model_dir_that_is_a_file_gives_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("")
    with pytest.raises(NotReadyError, match="ROUTEWIJZER_MODEL_DIR"):
        ensure_model(Settings(model_dir=tmp_path / "models"))


def test_unknown_weights_give_a_clear_error_and_leave_nothing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doctored = tmp_path / "e5-small-q4.bin"
    doctored.write_bytes(b"E5S1 but not ours")
    monkeypatch.setattr(e5_weights, "find_weights_file", lambda: doctored)
    with pytest.raises(NotReadyError, match="SHA-256"):
        ensure_model(settings)
    assert visible(settings) == []


def test_a_killed_process_leaves_nothing_half_and_the_next_one_succeeds(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = start("os.kill(os.getpid(), signal.SIGKILL)", settings.model_dir)
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert not model_folder(settings).exists()
    monkeypatch.setattr(model_setup, "_build", small_build)
    folder = ensure_model(settings)
    assert (folder / "weights").read_bytes() == b"whole"
    assert sorted(visible(settings)) == ["builds.log", MODEL_NAME]


def test_processes_at_once_build_once(settings: Settings) -> None:
    processes = [start("time.sleep(0.5)", settings.model_dir) for _ in range(3)]
    answers = [process.communicate(timeout=60)[0].strip() for process in processes]
    assert answers == [str(model_folder(settings))] * 3
    assert (settings.model_dir / "builds.log").read_text() == "build\n"
    assert read_record(model_folder(settings)) is not None


def test_another_model_is_looked_for_and_not_built(settings: Settings, tmp_path: Path) -> None:
    own = tmp_path / "eigen-model"
    own.mkdir()
    assert ensure_model(settings.model_copy(update={"embedding_model": str(own)})) == own
    assert not settings.model_dir.exists()


@pytest.mark.parametrize("name", ["iemand/bestaat-niet", "bestaat-niet", "geen/geldige/naam", "/x"])
def test_a_model_that_is_not_here_names_setting_and_value(settings: Settings, name: str) -> None:
    with pytest.raises(NotReadyError, match="ROUTEWIJZER_EMBEDDING_MODEL") as caught:
        ensure_model(settings.model_copy(update={"embedding_model": name}))
    assert f"'{name}'" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_of_the_first_release_still_embeds_and_is_made_again_by_set_up(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_setup, "_build", small_build)
    folder = ensure_model(settings)
    now = json.loads((folder / RECORD_FILE).read_text())
    (folder / RECORD_FILE).write_text(json.dumps(now | {"format": 1}))
    before = read_record(folder)
    assert before is not None
    assert before.model_id == now["model_id"]  # its vectors are the same
    ensure_model(settings)
    after = read_record(folder)
    assert after is not None
    assert after.format == model_setup.FORMAT


def test_a_folder_without_the_compact_pieces_gets_them_and_is_not_made_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_setup, "_build", pytest.fail)
    settings.model_dir.mkdir()
    folder = save_embedder(model_folder(settings))
    assert read_record(folder) is not None
    ensure_model(settings)
    record = read_record(folder)
    assert record is not None
    assert set(record.files) == {path.name for path in folder.iterdir()} - {RECORD_FILE}
    assert read_compact(folder / COMPACT_FILE) == read_tokenizer(
        folder / model_setup.TOKENIZER_FILE
    )


def test_the_real_compact_pieces_are_those_of_the_tokenizer(real_folder: Path) -> None:
    kept = read_compact(real_folder / COMPACT_FILE)
    assert kept == read_tokenizer(real_folder / model_setup.TOKENIZER_FILE)
