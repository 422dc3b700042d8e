"""The command line on PostgreSQL: publish, look, go back, keep a copy, and the way from there
to SQLite and back again."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.postgres import Server

pytestmark = [pytest.mark.server, pytest.mark.embedded]


@pytest.fixture
def urls(postgres_server: Server) -> list[str]:
    """Two empty databases, of which nobody else gets one."""
    return [postgres_server.url(postgres_server.lend()).get_secret_value() for _ in range(2)]


def test_there_and_back(
    cli: Cli, files: Path, urls: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def done(*arguments: str | Path) -> str:
        ran = cli(*arguments)
        gc.collect()  # a connection that was not closed would be told of here
        assert ran.code == 0, (arguments, ran.err)
        return ran.out

    first, second = tmp_path / "een.tar.zst", tmp_path / "twee.tar.zst"
    monkeypatch.setenv("ROUTEWIJZER_DATABASE_URL", urls[0])
    done("ingest", files, "--publish")
    bikes = files / "fietsen.md"
    bikes.write_text(bikes.read_text(encoding="utf-8").replace("450", "475"), encoding="utf-8")
    done("ingest", bikes)
    done("corpus", "stage")
    looked = cli("corpus", "diff")
    assert "fietsen" in looked.out
    assert looked.code == 1  # an amount is another one: that is to be looked at
    done("corpus", "publish", "--force")
    assert "475" in done("ask", "Hoeveel euro kost een leenfiets?")
    done("backup", first)
    done("corpus", "rollback", "1")
    assert "450" in done("ask", "Hoeveel euro kost een leenfiets?")
    done("restore", first, "--replace")  # no earlier command has it in use
    assert "475" in done("ask", "Hoeveel euro kost een leenfiets?")

    monkeypatch.delenv("ROUTEWIJZER_DATABASE_URL")
    monkeypatch.setenv("ROUTEWIJZER_DATA_DIR", str(tmp_path / "sqlite"))
    done("restore", first)
    assert "475" in done("ask", "Hoeveel euro kost een leenfiets?")
    done("backup", second)

    monkeypatch.setenv("ROUTEWIJZER_DATABASE_URL", urls[1])
    monkeypatch.setenv("ROUTEWIJZER_DATA_DIR", str(tmp_path / "weer"))
    done("restore", second)
    assert "475" in done("ask", "Hoeveel euro kost een leenfiets?")
    assert "klopt" in done("corpus", "verify")
