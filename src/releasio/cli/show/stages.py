"""The stages of a plan on the screen: each in a line, or step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from releasio.steps.build.build import Build, Record
from releasio.steps.prepare.commit import Commit
from releasio.steps.prepare.edit import Edit
from releasio.steps.prepare.open_tree import OpenTree
from releasio.steps.publish.ask import COST, Ask
from releasio.steps.publish.attest import Attest
from releasio.steps.publish.authenticate import Authenticate
from releasio.steps.publish.compare import Compare
from releasio.steps.publish.land import Land
from releasio.steps.publish.push import Push
from releasio.steps.publish.upload import Upload
from releasio.steps.step import Blocked, Done, Omitted, Todo
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from releasio.release.preview import Preview, Probed
    from releasio.steps.step import State, Step

MARKS = {Todo: "[ ]", Done: "[x]", Omitted: "[-]", Blocked: "[!]"}
COLORS = {Todo: None, Done: "green", Omitted: "yellow", Blocked: "red"}
_WIDEST = len("prepare")
# by the step's name: few previews have all of them, and to load one takes longer than all this
_WORDS = {
    "Commit": "commit",
    "Fetch": "take what is on the index already",
    "Check": "check them",
    "Attest": "sign",
    "Verify": "verify",
}
_UNNAMED = {"AskForge", "Draft"}
_INDENT = " " * (_WIDEST + 2)


class Sayer(Protocol):
    """Where lines go: a terminal, or the page of a job."""

    def say(self, text: str = "", **style: bool | str | None) -> None:
        """Take one line or more."""


def show_stages(screen: Sayer, preview: Preview, *, every_step: bool) -> None:
    """Show what is to be done: every step, or a line for each stage with what is special in it."""
    if not every_step:
        screen.say()
    for plan, probed in preview.stages:
        if every_step:
            screen.say()
            screen.say(plan.stage, bold=True)
            for probed_step in probed:
                show_step(screen, probed_step)
        elif probed:
            _show_stage(screen, plan.stage, probed)


def show_step(screen: Sayer, probed: Probed, indent: str = "  ") -> None:
    """Show one step with one mark, and what the world said."""
    state = probed.state
    detail = "" if isinstance(state, Blocked) else state.detail
    screen.say(
        f"{indent}{MARKS[type(state)]} {probed.step}" + (f"  ({detail})" if detail else ""),
        fg=COLORS[type(state)],
    )
    if isinstance(state, Blocked):
        screen.say(f"{indent}    {state.error}", fg="red")


def _show_stage(screen: Sayer, stage: str, probed: Sequence[Probed]) -> None:
    """
    Show a stage in one line, and below it every step that is not like the others.

    What the world said of those that are like the others stands in one line, each once.
    """
    whole = _state(probed)
    steps = [
        probed_step.step for probed_step in probed if not isinstance(probed_step.state, Omitted)
    ]
    parts = ", ".join(dict.fromkeys(_parts(steps)))
    screen.say(f"{stage:{_WIDEST}}  {MARKS[whole]} {parts}", fg=COLORS[whole])
    usual_state = Done if whole is Done else Todo
    for probed_step in probed:
        if not isinstance(probed_step.state, usual_state):
            show_step(screen, probed_step, _INDENT)
    details = [
        _detail(probed_step) for probed_step in probed if isinstance(probed_step.state, usual_state)
    ]
    if sentence := "; ".join(dict.fromkeys(filter(None, details))):
        screen.say(f"{_INDENT}    {sentence}", dim=True)


def _state(probed: Sequence[Probed]) -> type[State]:
    """Return what holds of a stage as a whole."""
    states = {type(probed_step.state) for probed_step in probed}
    if Blocked in states:
        return Blocked
    return Todo if Todo in states else Done


def _detail(probed: Probed) -> str:
    """Return what the world said of a step, so that it can be understood without the step."""
    detail = "" if isinstance(probed.state, Blocked) else probed.state.detail
    match probed.step:
        case Authenticate() if detail:
            return f"credential: {detail}"
        case Ask(delivery=delivery) if detail.startswith(COST):
            return f"{delivery.registry.name} is asked first: {detail}"
        case Attest() if detail.startswith("as "):
            return f"signed {detail}"
        case _:
            return detail


def _parts(steps: Sequence[Step]) -> Iterator[str]:
    """Name what *steps* do; what only serves them is not named."""
    committed = next((place for place, s in enumerate(steps) if isinstance(s, Commit)), len(steps))
    edited = [step.path for step in steps[:committed] if isinstance(step, Edit)]
    for place, step in enumerate(steps):
        match step:
            case OpenTree() | Record() | Compare() | Authenticate() | Land():
                pass
            case _ if type(step).__name__ in _UNNAMED:
                pass
            case Edit() if place > committed:  # of the next commit, which says what it is for
                pass
            case Commit(follows=True):
                yield str(step)
            case Edit():
                yield f"write {listed(edited)}"
            case _:
                yield _part(step)


def _part(step: Step) -> str:
    """Return *step* in as few words as its stage needs."""
    match step:
        case Build():
            return "run hook build" if step.artefacts.hook else "build sdist and wheel"
        case Push():
            return str(step).removesuffix(", both or neither")
        case Ask():
            return f"ask {step.delivery.registry.name} first"
        case Upload():
            return f"upload to {step.delivery.registry.name}"
        case _:
            kind = type(step).__name__
            return str(step).partition(":")[0] if kind == "RunHook" else _WORDS.get(kind, str(step))
