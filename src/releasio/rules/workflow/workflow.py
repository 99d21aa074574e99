"""A workflow of GitHub Actions, and a composite action, as values that know their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.workflow.node import NOTHING, Node, parse_yaml
from releasio.rules.workflow.script import Command, commands

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_EVERYTHING = {"read-all": "read", "write-all": "write"}
_LEVELS = frozenset({"read", "write", "none"})


@frozen
class Trigger:
    """
    An event that starts a workflow.

    Attributes:
        event: Its name: `push`, `release`, `workflow_call` ...
        line: Where it is named.
        node: What is said of it; `NOTHING` where only its name is.
    """

    event: str
    line: int
    node: Node = NOTHING

    def patterns(self, name: str) -> tuple[str, ...] | None:
        """Return the filter called *name* (`branches`, `tags-ignore`, `types`); None: none."""
        node = self.node.get(name)
        return node.texts() if node else None


@frozen
class Permissions:
    """
    A `permissions:` of a workflow or of a job.

    Attributes:
        levels: `read`, `write` or `none` by name.
        usual: The level of what is not named.
        line: Where it stands.
        node: Its value.
    """

    levels: Mapping[str, str]
    usual: str
    line: int
    node: Node = NOTHING

    def level(self, name: str) -> str:
        """Return what the token may do with what *name* stands for: `read`, `write`, `none`."""
        return self.levels.get(name, self.usual)

    def writes(self, name: str) -> bool:
        """Tell whether the token may write what *name* stands for."""
        return self.level(name) == "write"


@frozen
class Step:
    """
    One step of a job or of a composite action.

    Attributes:
        node: All of it.
        line: Where it begins.
        path: The file it stands in.
    """

    node: Node
    line: int
    path: str

    @property
    def name(self) -> str:
        """What its author calls it; empty: not at all."""
        return self.node.text_at("name")

    @property
    def uses(self) -> str:
        """The action it runs, with its ref, as written; empty: it runs a script."""
        return self.node.text_at("uses")

    @property
    def action(self) -> str:
        """The action it runs, without its ref, in lower case: `owner/repository/path`."""
        return self.uses.partition("@")[0].lower().rstrip("/")

    @property
    def ref(self) -> str:
        """Which version of the action: a tag, a branch or a commit."""
        return self.uses.partition("@")[2]

    @property
    def folder(self) -> str | None:
        """The folder of the action of this repository that it uses; None: it uses none."""
        parts = (part for part in self.uses.split("/") if part not in {"", "."})
        return "/".join(parts) if self.uses.startswith("./") else None

    @property
    def run(self) -> str:
        """Its script; empty: it runs an action."""
        return self.node.text_at("run")

    @property
    def condition(self) -> str:
        """Its `if`."""
        return self.node.text_at("if")

    def input(self, name: str) -> Node | None:
        """Return what it gives the action as *name*; the names of inputs have no case."""
        entries = self.node.entries_at("with")
        return next((entry.node for entry in entries if entry.key.lower() == name), None)

    def input_text(self, name: str, default: str = "") -> str:
        """Return what is given to its action as *name*, else *default*."""
        node = self.input(name)
        return node.text if node else default

    def commands(self) -> Iterator[tuple[Command, int]]:
        """Yield the commands of its script, each with the line of its file that it begins in."""
        script = self.node.get("run") or self.node
        for command in commands(self.run):
            yield command, script.text_line + command.offset

    def line_of(self, *keys: str) -> int:
        """Return the line of the value under *keys*, of the step where there is none."""
        node = self.node.get(*keys)
        return node.line if node else self.line


@frozen
class Job:
    """
    One job.

    Attributes:
        key: What it is called under `jobs:`.
        line: Where it is called so.
        node: All of it.
        path: The file it stands in.
        steps: What it does; empty where it calls another workflow.
    """

    key: str
    line: int
    node: Node
    path: str
    steps: tuple[Step, ...]

    @property
    def uses(self) -> str:
        """The workflow it calls, as written; empty: it has steps of its own."""
        return self.node.text_at("uses")

    @property
    def needs(self) -> tuple[str, ...]:
        """The jobs that have to be through before it."""
        node = self.node.get("needs")
        return node.texts() if node else ()

    @property
    def condition(self) -> str:
        """Its `if`."""
        return self.node.text_at("if")

    @property
    def permissions(self) -> Permissions | None:
        """Its own; None: those of the workflow count."""
        return _permissions(self.node)

    @property
    def environment(self) -> Node | None:
        """The name of its environment; None: it has none."""
        node = self.node.get("environment")
        if node is not None and node.is_mapping:
            node = node.get("name")
        return None if node is None or node.is_empty else node


@frozen
class Workflow:
    """
    A workflow file.

    Attributes:
        path: Where it is in the repository, with `/`.
        text: All of it, as it is.
        node: What it says.
        triggers: What starts it.
        jobs: Its jobs by their keys.
    """

    path: str
    text: str
    node: Node
    triggers: Mapping[str, Trigger]
    jobs: Mapping[str, Job]

    @property
    def file(self) -> str:
        """Its name without the folder, as the forms of indexes ask for it."""
        return self.path.rpartition("/")[2]

    @property
    def permissions(self) -> Permissions | None:
        """What its jobs have who have none of their own; None: the repository's setting."""
        return _permissions(self.node)

    def permissions_of(self, job: Job) -> Permissions | None:
        """Return what *job* has; None: what the settings of the repository say."""
        return job.permissions or self.permissions

    @property
    def is_callable(self) -> bool:
        """Whether other workflows can call it."""
        return "workflow_call" in self.triggers


@frozen
class CompositeAction:
    """
    An action that is a list of steps.

    Attributes:
        folder: Its directory in the repository, with `/`; empty for the root.
        path: Its file.
        text: All of it, as it is.
        node: What it says.
        steps: What it does.
    """

    folder: str
    path: str
    text: str
    node: Node
    steps: tuple[Step, ...]


def parse_workflow(path: str, text: str) -> Workflow:
    """
    Return the workflow that *text* is. What is not as GitHub wants it is left out.

    Raises:
        WorkflowUnreadable: It is no YAML.

    Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
    """
    node = parse_yaml(text, path)
    jobs = {
        entry.key: Job(entry.key, entry.line, entry.node, path, _steps(entry.node, path))
        for entry in node.entries_at("jobs")
    }
    return Workflow(path, text, node, _triggers(node), jobs)


def parse_action(path: str, text: str) -> CompositeAction:
    """
    Return the composite action that *text* is; one of another kind has no steps.

    Raises:
        WorkflowUnreadable: It is no YAML.

    Source: https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
    """
    node = parse_yaml(text, path)
    steps = _steps(node.get("runs") or NOTHING, path)
    return CompositeAction(path.rpartition("/")[0], path, text, node, steps)


def _triggers(node: Node) -> dict[str, Trigger]:
    events = node.get("on") or NOTHING
    if events.is_mapping:
        return {each.key: Trigger(each.key, each.line, each.node) for each in events.entries}
    items = events.items if events.is_sequence else (events,)
    return {item.text: Trigger(item.text, item.line) for item in items if item.text}


def _steps(node: Node, path: str) -> tuple[Step, ...]:
    steps = node.get("steps") or NOTHING
    return tuple(Step(item, item.line, path) for item in steps.items if item.is_mapping)


def _permissions(node: Node) -> Permissions | None:
    entry = node.entry("permissions")
    if entry is None:
        return None
    if entry.node.text in _EVERYTHING:
        return Permissions({}, _EVERYTHING[entry.node.text], entry.line, entry.node)
    levels = {each.key: each.node.text for each in entry.node.entries}
    if not entry.node.is_mapping or not _LEVELS.issuperset(levels.values()):
        return None  # an expression, or a mistake
    return Permissions(levels, "none", entry.line, entry.node)
