"""Completion of the command line in bash, zsh and fish: the script, and where it goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

F = TypeVar("F", bound="Callable[..., None]")
SHELLS = ("bash", "zsh", "fish")
OF_LOGIN = "the shell of $SHELL"  # what the options mean without a value
_VARIABLE = "_RELEASIO_COMPLETE"


def completion_options(command: F) -> F:
    """Add `--install-completion` and `--show-completion`, as 2.x had them."""
    for name, act, help_text in (
        ("--show-completion", _show, "Print what makes your shell complete commands and options."),
        ("--install-completion", _install, "Have your shell complete commands and options."),
    ):
        command = click.option(
            name,
            metavar="[SHELL]",
            is_flag=False,
            flag_value=OF_LOGIN,
            is_eager=True,
            expose_value=False,
            callback=act,
            help=help_text,
        )(command)
    return command


def script(shell: str, command: click.Command) -> str:
    """Return the script that makes *shell* ask *command* for completions."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise LookupError(shell)
    asking = kind(command, {}, "releasio", _VARIABLE)
    return (asking.source_template % asking.source_vars()).strip() + "\n"


def install(shell: str, text: str, home: Path) -> tuple[Path, ...]:
    """
    Write the script *text* below *home*, have *shell* read it, and return what was written.

    Doing it twice is doing it once. fish reads its folder by itself; the others get one line in
    the file they begin with.
    """
    if shell == "fish":
        return (_write(home / ".config/fish/completions/releasio.fish", text),)
    place = _write(home / f".local/share/releasio/completion.{shell}", text)
    begins = home / (".zshrc" if shell == "zsh" else ".bashrc")
    line = f'source "{place.as_posix()}"'
    if shell == "zsh":
        line = f"autoload -Uz compinit && compinit && {line}"
    before = begins.read_text(encoding="utf-8", errors="surrogateescape") if begins.exists() else ""
    if line in before.splitlines():
        return (place,)
    end = "" if not before or before.endswith("\n") else "\n"
    with begins.open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"{end}{line}\n")
    return place, begins


def _write(place: Path, text: str) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8", newline="\n")
    return place


def _show(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None and not ctx.resilient_parsing:
        shell = _shell(value, ctx)
        click.echo(script(shell, ctx.command), nl=False)
        ctx.exit()


def _install(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None and not ctx.resilient_parsing:
        shell = _shell(value, ctx)
        try:
            places = install(shell, script(shell, ctx.command), Path.home())
        except OSError as error:
            msg = f"{error.filename} cannot be written: {error.strerror}"
            raise click.ClickException(msg) from error
        for place in places:
            click.echo(f"wrote {place}")
        click.echo(f"It takes effect in the next {shell}.")
        ctx.exit()


def _shell(value: str, ctx: click.Context) -> str:
    """Return the shell that is meant: the one that is named, or that of the login."""
    import os

    shell = _login(os.environ) if value == OF_LOGIN else value
    if shell not in SHELLS:
        problem = f"{shell!r} is none of them" if shell else "$SHELL is not set"
        ctx.fail(f"Completion is for bash, zsh and fish, and {problem}: name one after the option.")
    return shell


def _login(env: Mapping[str, str]) -> str:
    return Path(env.get("SHELL", "")).name
