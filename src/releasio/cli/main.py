"""The command line: which commands there are. Each lives in a module of its name."""

from __future__ import annotations

import importlib

import click

from releasio.cli.completion import completion_options
from releasio.cli.signals import leave

# name, module, what it does: `--help` needs no more, so no command is loaded for it
COMMANDS = {
    "init": "Set a project up: settings, a workflow, a changelog.",
    "check": "Show what would be released, and why.",
    "release": "Release: everything that is left until the version is on the index.",
    "release-pr": "Open the release pull request, or bring it up to date.",
    "update": "Edit version files and changelog in the work tree, without a commit.",
    "build": "Build the distributions of the present commit, and check them.",
    "publish": "Tag, push, upload and verify what was built.",
    "verify": "Compare what is on the index with tag and record.",
    "yank": "Take a release back as far as that goes, and prepare the one that fixes it.",
    "status": "Show where a release stands, and what is left.",
    "rehearse": "Run a whole release against an index embedded in this program.",
    "changelog": "Print the notes of a range, a tag or all history.",
    "config": "Show the settings in force, and where each comes from.",
    "doctor": "Find what will go wrong with a release, and mend it.",
    "replay": "Decide the last releases once more, and compare with their tags.",
    "check-pr": "Tell whether a pull request's title is a conventional commit.",
    "explain": "Explain an error code.",
    "do-release": "The same as `release`, by its name in 2.x.",
}


class Doors(click.Group):
    """Loads a command only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """Return all commands in the order they are worth knowing."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module = cmd_name.replace("-", "_")
        command_module = importlib.import_module(f"releasio.cli.commands.{module}")
        command: click.Command = getattr(command_module, cmd_name.replace("-", "_"))
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Guess what was meant when there is no such command."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=1)
            guess = f" Did you mean {near[0]!r}?" if near else ""
            ctx.fail(f"There is no command {name!r}.{guess}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; click would call an interruption while it is loaded `Aborted!`."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            leave()

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _version(ctx: click.Context, _: click.Parameter, value: object) -> None:
    if value:
        from releasio import __version__

        click.echo(f"releasio {__version__}")
        ctx.exit()


@click.group(
    cls=Doors,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Commands that change something preview by default, and act with --execute; init asks.",
)
@click.option(
    "--version",
    "-V",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Print the version and exit.",
)
@completion_options
def cli() -> None:
    """Take a Python project from commits to a verified package on the index."""
    import os

    from releasio.cli.screen import color_of

    click.get_current_context().color = color_of(os.environ)
