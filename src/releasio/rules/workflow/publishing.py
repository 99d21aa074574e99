"""Which jobs upload distributions: with what, to which index, and with which credential."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from releasio.frozen import frozen
from releasio.rules.index.registry import PYPI, TESTPYPI, public_registry
from releasio.rules.workflow.upload_tools import (
    MATURIN,
    MATURIN_ACTIONS,
    QUIET_STAGES,
    RELEASIO,
    TOOLS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from releasio.rules.workflow.node import Node
    from releasio.rules.workflow.script import Command
    from releasio.rules.workflow.upload_tools import Tool
    from releasio.rules.workflow.workflow import CompositeAction, Job, Step, Workflow

PYPI_ACTION = "pypa/gh-action-pypi-publish"
_ACTING = frozenset({"release", "do-release", "publish"})
_INPUT = re.compile(r"\$\{\{\s*inputs\.([A-Za-z0-9_-]+)\s*\}\}")
_SECRET = re.compile(r"\bsecrets\s*(?:\.\s*|\[\s*')([A-Za-z_][A-Za-z0-9_]*)")
_DEEPEST = 10  # actions that use actions; GitHub allows as many


@frozen
class Upload:
    """
    A step that uploads distributions to an index.

    Attributes:
        tool: What uploads: `gh-action-pypi-publish`, `releasio`, or the name of a `Tool`.
        workflow: The file of the job.
        job: The job it is done in.
        step: The step of the job.
        line: Where the upload itself stands, in *path*.
        path: The file of that: the workflow, or a composite action that a step of it uses.
        target: `pypi`, `testpypi`, or an address; empty: not known before it runs.
        password: The token it is given, as written; None: none is given here.
        password_path: The file in which it is given.
        takes_identity: Whether the tool can publish without a token.
        names_target: Whether the workflow says where to; if not, the tool's own settings may.
    """

    tool: str
    workflow: Workflow
    job: Job
    step: Step
    line: int
    path: str
    target: str
    password: Node | None = None
    password_path: str = ""
    takes_identity: bool = True
    names_target: bool = True

    @property
    def is_trusted(self) -> bool:
        """Whether it publishes by what the job is, not by a token."""
        return self.takes_identity and self.password is None


def secret_names(node: Node | None) -> tuple[str, ...]:
    """Return the secrets that the expressions in *node* name."""
    return tuple(_SECRET.findall(" ".join(each.text for each in node.scalars()))) if node else ()


def target_of(address: str) -> str:
    """Return `pypi` or `testpypi` for an address of theirs, else the *address*."""
    if "${{" in address:
        return ""
    try:
        registry = public_registry(urlsplit(address).hostname or "")
    except ValueError:
        return address
    return registry.name if registry else address


def find_uploads(
    workflows: Sequence[Workflow], actions: Mapping[str, CompositeAction]
) -> tuple[Upload, ...]:
    """
    Return every upload in *workflows*, in their order.

    Args:
        workflows: Those of the repository.
        actions: Its composite actions by their folder.
    """
    return tuple(
        upload
        for workflow in workflows
        for job in workflow.jobs.values()
        for step in job.steps
        for upload in _Reader(workflow, job, step, actions).uploads(step, {}, 0)
    )


@frozen
class _Reader:
    """Reads a step of a job, and what it uses."""

    workflow: Workflow
    job: Job
    step: Step
    actions: Mapping[str, CompositeAction]

    def uploads(self, step: Step, inputs: Mapping[str, Node], depth: int) -> Iterator[Upload]:
        """Yield the uploads of *step*, which stands where *inputs* are known."""
        if not step.uses:
            yield from self._script_uploads(step, inputs)
        elif step.uses.startswith("./"):
            yield from self._action_uploads(step, depth)
        if is_releasio(step):
            yield from self._releasio_uploads(step, inputs)
        elif step.action == PYPI_ACTION:
            url = step.input("repository-url") or step.input("repository_url")
            options = _Options(url=url, password=step.input("password"))
            yield self._upload("gh-action-pypi-publish", step, options, inputs)
        elif step.action in MATURIN_ACTIONS and step.input_text("command") in MATURIN.verbs:
            yield self._upload("maturin", step, _Options(), inputs)

    def _action_uploads(self, step: Step, depth: int) -> Iterator[Upload]:
        action = self.actions.get(step.folder or "")
        if action is None or depth > _DEEPEST:
            return
        declared = (action.node.get("inputs") or step.node).entries
        inputs = {entry.key: entry.node.get("default") for entry in declared}
        inputs |= {entry.key: entry.node for entry in step.node.entries_at("with")}
        present_inputs = {name: node for name, node in inputs.items() if node is not None}
        for inner in action.steps:
            yield from self.uploads(inner, present_inputs, depth + 1)

    def _releasio_uploads(self, step: Step, inputs: Mapping[str, Node]) -> Iterator[Upload]:
        is_off = "true" in {step.input_text("dry-run"), step.input_text("skip-publish")}
        is_quiet = step.input_text("stage") in QUIET_STAGES
        if step.input_text("command") in _ACTING and not is_off and not is_quiet:
            options = _Options(repository=step.input("registry"), password=step.input("pypi-token"))
            yield self._upload(RELEASIO.name, step, options, inputs)

    def _script_uploads(self, step: Step, inputs: Mapping[str, Node]) -> Iterator[Upload]:
        commands = tuple(step.commands())
        has_upload = False
        for command, line in commands:
            for tool in TOOLS:
                if runs(command, tool):
                    options = self._options(step, command, tool, line)
                    yield self._upload(tool.name, step, options, inputs, line)
                    has_upload = True
        if not has_upload:
            yield from self._hidden_uploads(step, [command for command, _ in commands], inputs)

    def _hidden_uploads(
        self, step: Step, commands: Sequence[Command], inputs: Mapping[str, Node]
    ) -> Iterator[Upload]:
        """
        Yield what a program of the project's uploads, such as tox: it gets the token of a tool.

        Whether it could do without, the workflow does not say.
        """
        from releasio.frozen import replace

        runs_of_tools = [command for command in commands if "install" not in command.words]
        for entry in step.node.entries_at("env"):
            for tool in TOOLS:
                is_password = tool.variables.get(entry.key) == "password" and tool is not RELEASIO
                is_run = any(command.after(tool.name) is not None for command in runs_of_tools)
                if not is_password or is_run or not secret_names(entry.node):
                    continue
                options = self._environment_options(step, tool)
                upload = self._upload(tool.name, step, options, inputs, entry.node.line)
                upload = replace(upload, takes_identity=False)
                is_test = entry.key.endswith("_TESTPYPI")
                yield replace(upload, target=TESTPYPI.name) if is_test else upload
                return

    def _environment_options(self, step: Step, tool: Tool) -> _Options:
        """Return what the variables of *tool* say for *step*."""
        return _Options(
            **{
                tool.variables[entry.key]: entry.node
                for place in (self.workflow.node, self.job.node, step.node)
                for entry in place.entries_at("env")
                if entry.key in tool.variables and not entry.node.is_empty
            }
        )

    def _options(self, step: Step, command: Command, tool: Tool, line: int) -> _Options:
        """Return the options of *command*, else what the environment says in their place."""
        from releasio.frozen import replace

        options = self._environment_options(step, tool)
        if script := step.node.get("run"):
            typed = tool.typed(command).items()
            nodes = {name: replace(script, text=text, line=line) for name, text in typed}
            return replace(options, **nodes)
        return options

    def _upload(
        self,
        tool: str,
        step: Step,
        options: _Options,
        inputs: Mapping[str, Node],
        line: int | None = None,
    ) -> Upload:
        place = options.url or options.repository
        target = PYPI.name if place is None else self._target(options, inputs)
        password = _resolved(options.password, inputs)
        empty = password is None or password.text == ""
        return Upload(
            tool,
            self.workflow,
            self.job,
            self.step,
            line or step.line_of("uses"),
            step.path,
            target,
            None if empty else password,
            step.path if password is options.password else self.step.path,
            next((each.trusted for each in TOOLS if each.name == tool), True),
            place is not None,
        )

    def _target(self, options: _Options, inputs: Mapping[str, Node]) -> str:
        if url := _resolved(options.url, inputs):
            return target_of(url.text) or ("" if "${{" in url.text else PYPI.name)
        repository = _resolved(options.repository, inputs)
        name = repository.text if repository else ""
        if "${{" in name or not name:
            return "" if name else PYPI.name
        return target_of(name) if "://" in name else index_name(name)


@frozen
class _Options:
    """The options of an upload: an index by name or address, and a token; None: not given."""

    repository: Node | None = None
    url: Node | None = None
    password: Node | None = None


def _resolved(node: Node | None, inputs: Mapping[str, Node]) -> Node | None:
    """Return what stands behind *node* where it is an input of the action it stands in."""
    match = _INPUT.fullmatch(node.text.strip()) if node else None
    return inputs.get(match[1], node) if match else node


def index_name(name: str) -> str:
    """Return what people mean by the *name* of an index in a tool's settings."""
    plain = name.lower().replace("-", "").replace("_", "")
    if plain in {"testpypi", "pypitest", "test"}:
        return "testpypi"
    return PYPI.name if plain in {"pypi", "main"} else name


def is_releasio(step: Step) -> bool:
    """Tell whether *step* runs the Action of releasio."""
    parts = step.action.split("/")
    return "releasio" in parts or step.action in {"./action", "./"}


def runs(command: Command, tool: Tool) -> bool:
    """Tell whether *command* uploads with *tool*."""
    words = command.after(tool.name)
    if words is None:
        return False
    verb = next((word for word in words if not word.startswith("-")), "")
    if verb not in tool.verbs or "--dry-run" in words or {"-h", "--help"} & set(words):
        return False
    if tool is RELEASIO and any(word.removeprefix("--stage=") in QUIET_STAGES for word in words):
        return False
    return not tool.needed or bool(tool.needed & set(words))
