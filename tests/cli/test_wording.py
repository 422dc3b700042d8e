from __future__ import annotations

from typing import Annotated, Literal

import pytest
import typer

from cli import wording


def complaint(*arguments: str) -> str:
    """What a small application says of these arguments."""
    app = typer.Typer(add_completion=False)

    @app.command()
    def tellen(
        aantal: Annotated[int, typer.Argument(metavar="AANTAL")],
        tot: Annotated[float, typer.Option(max=10)] = 3,
        wijze: Annotated[Literal["snel", "traag"], typer.Option()] = "snel",
        luid: Annotated[bool, typer.Option("--luid")] = False,
    ) -> None:
        raise AssertionError((aantal, tot, wijze, luid))

    @app.command()
    def stoppen() -> None:
        raise AssertionError

    with pytest.raises(typer.TyperException) as caught:
        app(list(arguments), prog_name="routewijzer", standalone_mode=False)
    return wording.usage(caught.value)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tellen", "x"], "AANTAL: moet een geheel getal zijn."),
        (["tellen", "1", "--tot", "x"], "--tot: moet een getal zijn."),
        (["tellen", "1", "--tot", "11"], "--tot: mag ten hoogste 10 zijn."),
        (["tellen", "1", "--wijze", "x"], "--wijze: kies uit 'snel', 'traag'."),
        (["tellen", "1", "2"], "'2' is te veel."),
        (["tellen", "1", "--hard"], "De optie --hard bestaat niet."),
        (["tellen"], "AANTAL ontbreekt."),
    ],
)
def test_wrong_arguments_name_the_help_of_the_command(arguments: list[str], said: str) -> None:
    assert complaint(*arguments) == f"{said} Kijk met `routewijzer tellen --help`."


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tellen", "--tot"], "Bij --tot hoort een waarde."),
        (["tellen", "--luid=ja", "1"], "Bij --luid hoort geen waarde."),
        (["stoppem"], "De opdracht 'stoppem' bestaat niet."),
        ([], "Noem een opdracht."),
    ],
)
def test_wrong_commands_name_the_help(arguments: list[str], said: str) -> None:
    assert complaint(*arguments) == f"{said} Kijk met `routewijzer --help`."
