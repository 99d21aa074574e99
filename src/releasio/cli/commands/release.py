"""`releasio release`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from releasio.cli.options import release_options

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@release_options
def release(path: Path, **options: Any) -> None:  # noqa: ANN401 -- one for each option above
    """
    Release: everything that is left until the version is on the index.

    Raises the version as the commits say, writes the changelog, builds, tags,
    pushes, uploads and verifies. A release that was interrupted is finished.
    Without --execute it shows what it would do.
    """
    run("release", path, options)


def run(command: str, path: Path, options: dict[str, Any], **overrides: object) -> None:
    """Run a releasing command with its parsed *options*."""
    from releasio.cli.context import App, one_of
    from releasio.cli.releasing import releasing, request_of
    from releasio.cli.show.conclusion import acting

    act = one_of(
        execute=options.pop("execute"),
        dry_run=options.pop("dry_run"),
        offline=options["offline"],
    )
    again = acting("release" if command == "check" else command, path, options)
    if registry := options.pop("registry"):
        overrides["publish.registry"] = registry
    app = App(
        command,
        path,
        overrides=overrides,
        offline=options.pop("offline"),
        as_json=options.pop("as_json"),
        verbose=options.pop("verbose"),
        diff=options.pop("diff"),
    )
    releasing(
        app,
        request_of(options),
        act=act,
        again=again,
        tell_nothing=options.pop("exit_code"),
    )
