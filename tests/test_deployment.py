"""The files for running it elsewhere name only what is there: commands, settings, folders."""

from __future__ import annotations

import configparser
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from cli.main import app
from corpus.settings import Settings

ROOT = Path(__file__).parents[1]
UNITS = sorted((ROOT / "deploy").glob("*.service")) + sorted((ROOT / "deploy").glob("*.timer"))
PAGES = sorted((ROOT / "docs" / "operations").glob("*.md"))
FOREIGN = {"http_proxy", "https_proxy"}


def dockerfile() -> list[tuple[str, str]]:
    """(instruction, the rest) of each, with lines that go on joined."""
    text = re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))
    return [(pair[0], pair[1]) for pair in pairs]


def unit(path: Path) -> dict[str, dict[str, list[str]]]:
    """Values per key per section; a key may stand there several times."""
    found: dict[str, dict[str, list[str]]] = {}
    section: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r"\[(\w+)\]", line):
            section = found.setdefault(match[1], {})
        elif line and not line.startswith("#"):
            key, value = line.split("=", 1)
            section.setdefault(key, []).append(value)
    return found


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    return found


def check_command(words: list[str]) -> None:
    """Raises when `routewijzer` has no such command or option."""
    command: Any = typer.main.get_command(app)
    while words and hasattr(command, "commands"):
        assert words[0] in command.commands, f"routewijzer has no {words[0]}"
        command, words = command.commands[words[0]], words[1:]
    known = {option for parameter in command.params for option in parameter.opts}
    used = {word.split("=")[0] for word in words if word.startswith("--")}
    assert used <= known | {"--help"}, f"{command.name} has no {used - known}"


def commands(text: str) -> Iterator[list[str]]:
    """Every use of the command in a script or a page."""
    for found in re.finditer(r"(?:^|[\s/])routewijzer ([a-z][^\n`;&|#\"]*)", text):
        words = shlex.split(found[1])
        yield words[1:] if words[0] == "routewijzer" else words  # of a service with that name


def settings_named(text: str) -> set[str]:
    return {name.lower() for name in re.findall(r"ROUTEWIJZER_([A-Z][A-Z0-9_]*)", text)}


def test_what_the_image_copies_is_there() -> None:
    for instruction, rest in dockerfile():
        if instruction == "COPY" and "--from" not in rest:
            *sources, _target = rest.split()
            assert [s for s in sources if not (ROOT / s).exists()] == []


def test_every_package_goes_into_the_image_and_nothing_else_to_the_builder() -> None:
    copied = {s for i, rest in dockerfile() if i == "COPY" for s in rest.split()[:-1]}
    packages = {p.parent.name for p in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages <= copied
    allowed = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    assert allowed == {c for c in copied if not c.startswith(("--", "/"))}


def test_the_image_runs_without_rights_and_says_how_it_is() -> None:
    found = dockerfile()
    last = max(n for n, (instruction, _) in enumerate(found) if instruction == "FROM")
    users = [rest for instruction, rest in found[last:] if instruction == "USER"]
    assert users == ["routewijzer"]
    assert any(i == "HEALTHCHECK" and "/readyz" in rest for i, rest in found)
    assert "ARG" not in {i for i, rest in found if "KEY" in rest or "SECRET" in rest}


def test_the_compose_file_is_one_service_with_limits() -> None:
    (service,) = compose()["services"].values()
    assert {"mem_limit", "cpus", "pids_limit", "read_only", "cap_drop"} <= service.keys()
    named = {volume.split(":")[0] for volume in service["volumes"]}
    assert named == compose()["volumes"].keys()
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert (ROOT / service["build"]).is_dir()


def test_the_data_folder_is_below_the_volume() -> None:
    # A mount cannot be renamed, and a restored folder takes the place of the old one.
    environment = next(rest for i, rest in dockerfile() if i == "ENV" and "DATA_DIR" in rest)
    folder = re.search(r"ROUTEWIJZER_DATA_DIR=(\S+)", environment)
    mounts = [v.split(":")[1] for v in compose()["services"]["routewijzer"]["volumes"]]
    assert folder is not None
    assert folder[1] not in mounts
    assert any(folder[1].startswith(f"{mount}/") for mount in mounts)


def test_the_larger_shape_keeps_its_secrets_out_and_its_data_in_volumes() -> None:
    text = (ROOT / "docker-compose.server.yml").read_text("utf-8")
    found = yaml.safe_load(text)
    services = found["services"]
    assert {"setup", "routewijzer", "work", "postgres", "chroma", "redis"} == services.keys()
    for name, service in services.items():
        assert "mem_limit" in service, name
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ())), name
        if service.get("image") == "routewijzer":
            assert {"cap_drop", "read_only", "pids_limit"} <= service.keys()
            words = service["command"]
            assert words[0] == "routewijzer"
            check_command(words[1:])
    named = {v.split(":")[0] for s in services.values() for v in s.get("volumes", ())}
    assert named == found["volumes"].keys()
    # Passwords come from the environment, and without one nothing starts.
    for secret in ("POSTGRES_PASSWORD", "LIMITS_SECRET"):
        assert f"${{{secret}:?" in text
    locked = (ROOT / "requirements.lock").read_text("utf-8")
    assert f"chromadb=={services['chroma']['image'].split(':')[1]}" in locked


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_what_is_there(path: Path) -> None:
    parser = configparser.RawConfigParser(strict=False)
    parser.read_string(path.read_text(encoding="utf-8"))
    if path.suffix == ".timer":
        assert path.with_suffix(".service").is_file()
        assert parser["Timer"]["OnCalendar"]
        return
    service = unit(path)["Service"]
    for key in ("ExecStart", "ExecStartPre"):
        for value in service.get(key, ()):
            program, *words = shlex.split(value)
            assert program == "/opt/routewijzer/bin/routewijzer"
            check_command(words)
    assert service["ProtectSystem"] == ["strict"]
    assert service["NoNewPrivileges"] == ["yes"]
    assert "MemoryMax" in service
    (folder,) = (v for v in service["Environment"] if v.startswith("ROUTEWIJZER_DATA_DIR="))
    assert folder.split("=")[1].startswith(f"/var/lib/{service['StateDirectory'][0]}/")


@pytest.mark.parametrize(
    "path",
    [ROOT / "Dockerfile", *sorted(ROOT.glob("docker-compose*.yml")), *UNITS, *PAGES],
    ids=lambda path: path.name,
)
def test_commands_and_settings_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for words in commands(text):
        check_command(words)
    assert settings_named(text) <= set(Settings.model_fields)
