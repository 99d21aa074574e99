"""The options that several commands share."""

from __future__ import annotations

from functools import wraps
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from releasio.frozen import frozen
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Sequence

    from releasio.cli.context import App
    from releasio.rules.bump.request import Request


@frozen
class Options:
    """
    What was given on the command line, of the options that several commands share.

    Attributes:
        path: The project's directory.
        version, bump, prerelease, dev: What was said about the version.
        registry: Where to publish, instead of the setting.
        skip_publish: Commit, tag and push only.
        package: Which package, in a repository of several.
        execute, dry_run: Act, or preview.
        exit_code: Exit with 3 when there is nothing to release.
        diff, verbose, as_json, offline: How much is shown and asked, and in which form.
    """

    path: Path = Path()
    version: str | None = None
    bump: str | None = None
    prerelease: str | None = None
    dev: bool = False
    registry: str | None = None
    skip_publish: bool = False
    package: str | None = None
    execute: bool = False
    dry_run: bool = False
    exit_code: bool = False
    diff: bool = False
    verbose: bool = False
    as_json: bool = False
    offline: bool = False

    @property
    def acts(self) -> bool:
        """Whether to act; `--dry-run` and `--offline` exclude `--execute`."""
        if self.execute and self.dry_run:
            msg = "--execute acts and --dry-run does not: give one of them."
            raise click.UsageError(msg)
        return self.execute

    @property
    def acts_online(self) -> bool:
        """Whether to act, where that takes remote and index."""
        if self.acts and self.offline:
            msg = "--execute talks to the remote and the index, which --offline forbids."
            raise click.UsageError(msg)
        return self.execute

    def app(self, command: str, **overrides: object) -> App:
        """Return the run of *command*; *overrides* are settings by dotted key."""
        from releasio.cli.context import App

        registry = {"publish.registry": self.registry} if self.registry else {}
        return App(
            command,
            self.path,
            overrides=overrides | registry,
            offline=self.offline,
            as_json=self.as_json,
            verbose=self.verbose,
            diff=self.diff,
        )

    def request(self) -> Request:
        """
        Return what is asked for.

        Raises:
            ReleasioError: It makes no sense, or cannot all be done.
        """
        from releasio.rules.bump.request import read_request

        return read_request(
            version=self.version,
            bump=self.bump,
            prerelease=self.prerelease,
            dev=self.dev,
            publish=not self.skip_publish,
            package=self.package,
        )

    def acting(self, command: str, *arguments: Path | str, **others: object) -> str:
        """Return the command line of *command* with these and *others*, and `--execute`."""
        from releasio.text.command_line import joined

        words = ["releasio", command, *map(str, arguments)]
        if self.path != Path() and "project" not in others:
            words.append(str(self.path))
        for name in ("version", "bump", "prerelease", "dev", "registry", "skip_publish", "package"):
            others.setdefault(name, getattr(self, name))
        for name, value in others.items():
            if value:
                words.append(f"--{name.replace('_', '-')}")
                words += [] if value is True else [str(value)]
        return joined([*words, "--execute"])


def takes_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the options that several commands share as `Options`, the others by name."""

    @wraps(command)
    def run(**given: Any) -> None:  # noqa: ANN401 -- one for each option
        shared = {name: given.pop(name) for name in tuple(given) if name in Options.__annotations__}
        command(Options(**shared), **given)

    return run


F = TypeVar("F", bound="Callable[..., Any]")

_LIKE_A_VERSION = pattern(r"v?\d+(\.\d+)*[\w.+!-]*$")


class Project(click.Path):
    """The project's directory; it knows what `-v VERSION` meant in 2.x."""

    def __init__(self) -> None:
        super().__init__(exists=True, file_okay=False, path_type=Path)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Return the directory; what only looks like a version gets a hint."""
        text = str(value)
        if _LIKE_A_VERSION.match(text) and not Path(text).exists():
            msg = (
                f"{text!r} is not a directory. For a version write --version {text}: -v is verbose."
            )
            self.fail(msg, param, ctx)
        return super().convert(value, param, ctx)


class Versioned(click.Command):
    """A command whose `-v` was the version in 2.x: it must not silently mean something else."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse `-v VERSION`, wherever it stands."""
        for option, text in pairwise(args):
            if option == "-v" and _LIKE_A_VERSION.match(text) and not Path(text).exists():
                ctx.fail(f"For a version write --version {text}: -v is verbose.")
        return super().parse_args(ctx, args)


def not_empty(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Refuse an option whose value is empty: mostly a variable of a script that was never set."""
    if value is not None and not value.strip():
        msg = "it is empty. Give a value, or leave the option out."
        raise click.BadParameter(msg, ctx, param)
    return value


path_argument = click.argument("path", type=Project(), default=Path())
project_option = click.option(
    "--project", "path", type=Project(), default=Path(), help="The project's directory."
)
verbose_option = click.option("--verbose", "-v", is_flag=True, help="Show every detail.")
diff_option = click.option(
    "--diff", is_flag=True, help="Show what changes in each file, line by line."
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document, and nothing else, on stdout."
)
offline_option = click.option(
    "--offline",
    is_flag=True,
    help="Ask nobody: no remote, no index. What that leaves open is said.",
)
package_option = click.option(
    "--package",
    metavar="NAME",
    callback=not_empty,
    help="Which package, in a repository of several.",
)
registry_option = click.option(
    "--registry",
    metavar="NAME|URL",
    callback=not_empty,
    help="Where to publish, instead of publish.registry.",
)
edit_option = click.option(
    "--edit", is_flag=True, help="Edit the notes before the release; empty ones call it off."
)
skip_publish_option = click.option(
    "--skip-publish", is_flag=True, help="Do not build or upload: commit, tag and push only."
)
exit_code_option = click.option(
    "--exit-code", is_flag=True, help="Exit with 3 when there is nothing to release."
)


def version_options(command: F) -> F:
    """Add the options that say which version it shall be."""
    return with_options(
        command,
        (
            click.option(
                "--version", metavar="V", callback=not_empty, help="Release exactly this version."
            ),
            click.option(
                "--bump",
                type=click.Choice(["patch", "minor", "major", "post"]),
                help="Raise this part, whatever the commits say; post: X.Y.Z.post1.",
            ),
            click.option(
                "--prerelease",
                "--pre",
                "--pre-release",
                metavar="PHASE",
                callback=not_empty,
                help="Release a pre-release: a|alpha, b|beta, rc or dev.",
            ),
            click.option(
                "--dev",
                is_flag=True,
                help="Release X.Y.Z.devYYYYMMDDHHMMSS, of this moment; or as version.dev says.",
            ),
        ),
    )


def act_options(command: F) -> F:
    """Add `--dry-run` and `--execute`, of which only one may be given."""
    return with_options(
        command,
        (
            click.option("--dry-run", "-n", is_flag=True, help="Preview, as is the default."),
            click.option("--execute", "-x", is_flag=True, help="Act. Without it, nothing changes."),
        ),
    )


_COMMON = (  # of commands that release, or propose to
    package_option,
    act_options,
    exit_code_option,
    diff_option,
    json_option,
    offline_option,
    verbose_option,
)


def release_options(command: F) -> F:
    """Add the project's path and all that can be said of its release."""
    upload_options = (registry_option, skip_publish_option)
    return with_options(command, (path_argument, version_options, *upload_options, *_COMMON))


def proposal_options(command: F) -> F:
    """Add what can be said of a release that is proposed: all but what its upload needs."""
    return with_options(command, (path_argument, version_options, *_COMMON))


def with_options(command: F, options: Sequence[Callable[[F], F]]) -> F:
    """Add *options*, in the order in which `--help` shows them."""
    for option in reversed(options):
        command = option(command)
    return command
