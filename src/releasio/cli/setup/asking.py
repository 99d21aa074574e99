"""Questions on the terminal: a number or a word, and Enter for what the project says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from releasio.cli.signals import heard
from releasio.errors.setup import AnswersEnded, InitNeedsTerminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from releasio.cli.context import App
    from releasio.setup.init.questions import Question


def why_nobody_answers(app: App) -> str:
    """Return why no question can be put; empty: somebody is there."""
    from releasio.world.tokens.terminal import SystemTerminal

    if app.as_json:
        return "with --json there is no terminal for it"
    if app.env.get("CI", "").lower() not in {"", "0", "false"} or app.screen.actions:
        return "this is a CI job"
    return "" if SystemTerminal().present() and app.screen.interactive else "this is no terminal"


def asker(app: App, *, assume_defaults: bool) -> Callable[[Question], str]:
    """
    Return what puts questions, or answers them as the project does.

    Raises:
        InitNeedsTerminal: Nobody is there to answer.
    """
    if assume_defaults:
        return lambda question: _taken(app, question)
    if reason := why_nobody_answers(app):
        raise InitNeedsTerminal(reason)
    return lambda question: _ask(app, question)


def _taken(app: App, question: Question) -> str:
    """Return the project's own answer, and say which it is."""
    why = f"  ({question.why})" if question.why else ""
    app.screen.say(f"  {question.name}: {question.default}{why}")
    return question.default


def _ask(app: App, question: Question) -> str:
    screen = app.screen
    screen.say()
    screen.say(question.text, bold=True)
    for number, (name, words) in enumerate(question.options.items(), 1):
        screen.say(f"  {number}. {name}: {words}")
    if question.why:
        screen.say(f"  Enter takes {question.default}: {question.why}.", dim=True)

    def checked(answer: str) -> str:
        return _checked(app, question, answer.strip())

    return prompted(question.name, question.default, checked)


def _checked(app: App, question: Question, answer: str) -> str:
    names = list(question.options)
    if names and answer.isdecimal() and 0 < int(answer) <= len(names):
        return names[int(answer) - 1]
    if names and answer not in names:
        msg = f"{app.screen.clean(answer)} is none of them: write a number, or a name."
        raise click.UsageError(msg)
    if question.mistake and (mistake := question.mistake(answer)):
        raise click.UsageError(app.screen.clean(mistake))
    return answer


def prompted(name: str, default: str, checked: Callable[[str], str]) -> str:
    """
    Return the answer to what is called *name*.

    Raises:
        AnswersEnded: The input ended.
        KeyboardInterrupt: Somebody wants it to end.
    """
    try:
        answer: str = click.prompt(f"  {name}", default=default, value_proc=checked)
    except click.Abort:
        raise _ended(name) from None
    return answer


def agreed(name: str, question: str, *, default: bool) -> bool:
    """Return whether somebody says yes; raises what `prompted` does."""
    try:
        return click.confirm(question, default=default)
    except click.Abort:
        raise _ended(name) from None


def _ended(name: str) -> BaseException:
    """Return what click calls an abortion by its name: an interruption, or the end of input."""
    click.echo()  # what was typed is still on the question's line
    return KeyboardInterrupt() if heard() else AnswersEnded(name)
