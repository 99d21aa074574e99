"""`releasio explain`."""

from __future__ import annotations

import inspect

import click


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain an error code; without one, list them."""
    from releasio.errors.catalogue import catalogue  # noqa: PLC0415 -- --help needs none of it

    known = catalogue()
    if code is None:
        for name, error in known.items():
            click.echo(f"{name:32} {first_sentence(error)}")
        return
    if code not in known:
        from difflib import get_close_matches  # noqa: PLC0415 -- only for typing mistakes

        near = get_close_matches(code, known, n=1)
        guess = f" Did you mean {near[0]}?" if near else ""
        msg = f"There is no error code {code!r}.{guess} `releasio explain` lists them."
        raise click.UsageError(msg)
    found = known[code]
    click.secho(f"{code} (exit code {found.exit_code})", bold=True)
    click.echo(inspect.getdoc(found))


def first_sentence(error: type) -> str:
    """Return the first line of an error's explanation."""
    return (inspect.getdoc(error) or "").partition("\n")[0]
