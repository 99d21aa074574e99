"""`releasio explain`."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Collection


@click.command()
@click.argument("code", required=False, nargs=-1, metavar="[CODE|WORDS]")
def explain(code: tuple[str, ...]) -> None:
    """
    Explain an error code, or one of doctor's; without one, list the errors.

    The words of an index or of another tool are found, too: invalid-publisher,
    "File already exists".
    """
    from releasio.errors.catalogue import catalogue
    from releasio.errors.foreign_words import codes_for, elsewhere
    from releasio.setup.finding_catalogue import finding_catalogue

    errors, findings, words = catalogue(), finding_catalogue(), " ".join(code)
    if not words:
        for name, error in errors.items():
            click.echo(f"{name:32} {first_sentence(error)}")
    elif words in {*errors, *findings}:
        if words in errors:
            _show(errors[words], f"{words} (exit code {errors[words].exit_code})")
        if words in findings:  # doctor foresees what the error says afterwards
            _show(findings[words], f"{words} ({findings[words].severity} of doctor)")
    elif codes := codes_for(words):
        if codes[1:]:
            click.echo(f"{words!r} may mean one of these; `releasio explain CODE` says more:")
            for name in codes:
                click.echo(f"  {name:28} {first_sentence(errors[name])}")
        else:
            error = errors[codes[0]]
            _show(error, f"{words}: {error.code} (exit code {error.exit_code})")
    elif advice := elsewhere(words):
        click.echo(advice)
    else:
        raise click.UsageError(_unknown(words, [*errors, *findings]))


def _show(kind: type, title: str) -> None:
    click.secho(title, bold=True)
    click.echo(inspect.getdoc(kind))


def _unknown(words: str, codes: Collection[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(words, codes, n=1)
    guess = f" Did you mean {near[0]}?" if near else ""
    return f"There is no error code {words!r}.{guess} `releasio explain` lists them."


def first_sentence(error: type) -> str:
    """Return the first line of an error's explanation."""
    return (inspect.getdoc(error) or "").partition("\n")[0]
