"""What the steps of a job run that is not an upload: builds, tests, and what they install."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from releasio.frozen import frozen
from releasio.rules.workflow.rights.running_steps import running_steps
from releasio.rules.workflow.upload_tools import MATURIN_ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from releasio.rules.workflow.rights.running_steps import RunningStep
    from releasio.rules.workflow.script import Command
    from releasio.rules.workflow.workflow import CompositeAction, Job, Step

_BUILDERS = ("uv", "hatch", "poetry", "pdm", "flit", "maturin")
_BUILDS_WHILE_UPLOADING = ("flit", "maturin", "pdm")
_BUILD_ACTIONS = frozenset({"pypa/cibuildwheel", "hynek/build-and-inspect-python-package"})
_MATURIN_BUILDS = frozenset({"build", "publish"})
_TESTERS = {
    "pytest": "",
    "unittest": "",
    "make": "test",
    "hatch": "test",
    "coverage": "run",
    "stestr": "",
}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:\[[^\]]*\])?")
_WITH_VALUE = frozenset(
    {"-r", "--requirement", "-c", "--constraint", "-i", "--index-url", "--extra-index-url"}
    | {"-f", "--find-links", "--python", "--target", "-t", "--prefix", "--root", "--group"}
)

Kind = Literal["builds", "tests", "installs"]


@frozen
class Deed:
    """
    Something that a job runs.

    Attributes:
        kind: What it is.
        words: What it is called: the beginning of the command, or the action.
        step: The step.
        line: Where it stands, in the file of the step.
    """

    kind: Kind
    words: str
    step: Step
    line: int


def find_deeds(job: Job, actions: Mapping[str, CompositeAction]) -> tuple[Deed, ...]:
    """Return what *job* builds, tests and installs, in the order of its steps."""
    return tuple(deed for running in running_steps(job, actions) for deed in _deeds(running))


def _deeds(running: RunningStep) -> Iterator[Deed]:
    step = running.step
    if step.action in _BUILD_ACTIONS or (
        step.action in MATURIN_ACTIONS and step.input_text("command", "build") in _MATURIN_BUILDS
    ):
        yield Deed("builds", step.action, step, step.line_of("uses"))
    for command, line in step.commands():
        if kind := _kind(command):
            yield Deed(kind, " ".join(command.words[:5]), step, line)


def _kind(command: Command) -> Kind | None:
    if any(_follows(command, tool, verb) for tool, verb in _TESTERS.items()):
        return "tests"
    if _is_build(command):
        return "builds"
    return "installs" if _unpinned(command) else None


def _follows(command: Command, tool: str, verb: str) -> bool:
    """Tell whether *command* runs *tool* with *verb* first; not one that installs it."""
    if "install" in command.words[:4] or "add" in command.words[:3]:
        return False
    words = command.after(tool)
    plain = [word for word in words or () if not word.startswith("-")]
    return words is not None and (not verb or plain[:1] == [verb])


def _is_build(command: Command) -> bool:
    words = command.words
    if any(_follows(command, tool, "build") for tool in _BUILDERS):
        return "--help" not in words
    if any(_follows(command, tool, "publish") for tool in _BUILDS_WHILE_UPLOADING):
        return "--no-build" not in words
    if _follows(command, "poetry", "publish") and "--build" in words:
        return True
    if "setup.py" in words and {"sdist", "bdist_wheel", "bdist"} & set(words):
        return True
    if words[:2] == ("pip", "wheel") or words[1:4] == ("-m", "pip", "wheel"):
        return True
    is_front_end = words[0] in {"pyproject-build", "pyproject-build.exe"}
    runs_module = words[1:3] == ("-m", "build") or words[:2] in {("pipx", "run"), ("uvx", "build")}
    return is_front_end or (runs_module and _follows(command, "build", ""))


def _unpinned(command: Command) -> bool:
    """Tell whether *command* installs what the index has at that moment."""
    words = command.words
    if "install" not in words or not {"pip", "pip3", "pipx"} & set(words[:4]):
        return False
    if {"--require-hashes", "--no-deps", "--no-index"} & set(words):
        return False
    rest = words[words.index("install") + 1 :]
    names = [
        word
        for place, word in enumerate(rest)
        if not word.startswith("-") and (not place or rest[place - 1] not in _WITH_VALUE)
    ]
    return any(_NAME.fullmatch(name) or name == "." or name.startswith(".[") for name in names)
