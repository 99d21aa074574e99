"""What the steps of a job need its token for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.workflow.own_token import TOKEN_VARIABLES, is_own_token, leaves_own_token
from releasio.rules.workflow.publishing import is_releasio
from releasio.rules.workflow.rights.action_rights import (
    ACTIONS,
    ADDS,
    CONTENTS,
    OPENS,
    PUSHES,
    RELEASES,
    Use,
)
from releasio.rules.workflow.rights.running_steps import running_steps
from releasio.rules.workflow.upload_tools import QUIET_STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from releasio.rules.workflow.node import Node
    from releasio.rules.workflow.rights.running_steps import RunningStep
    from releasio.rules.workflow.script import Command
    from releasio.rules.workflow.workflow import CompositeAction, Job, Step, Workflow

_GIVES_TOKEN = ("create-github-app-token", "github-app-token", "ssh-agent", "ghaction-import-gpg")
_GH = {
    "release create": Use(CONTENTS, RELEASES),
    "release upload": Use(CONTENTS, ADDS),
    "release edit": Use(CONTENTS, "changes a release"),
    "release delete": Use(CONTENTS, "deletes a release"),
    "pr create": Use(("pull-requests",), OPENS),
}
_PUSH = Use(CONTENTS, PUSHES, as_git=True)
_RELEASE = Use(CONTENTS, "pushes the release commit and its tag", ("github-token",))
_PROPOSAL = Use((*CONTENTS, "pull-requests"), "opens the release pull request", ("github-token",))
_RELEASIO = {"release": _RELEASE, "do-release": _RELEASE, "release-pr": _PROPOSAL}
_SWITCHES = {"-x", "--execute"}


@frozen
class Need:
    """
    Something that is done with the job's own token.

    Attributes:
        permissions: What it has to be able to write.
        deed: What is done, as it follows "the job".
        tool: What does it.
        path: The file in which that stands.
        line: The line in it.
    """

    permissions: tuple[str, ...]
    deed: str
    tool: str
    path: str
    line: int


def find_needs(
    workflow: Workflow, job: Job, actions: Mapping[str, CompositeAction]
) -> tuple[Need, ...]:
    """
    Return what is known to be done with the token of *job* and nothing else.

    What may be done with another token is left out.
    """
    steps = running_steps(job, actions)
    if any(part in each.step.action for each in steps for part in _GIVES_TOKEN):
        return ()
    environments = (workflow.node, job.node)
    git_has_own = _git_has_own_token(steps)
    return tuple(
        need
        for each in steps
        for need in _needs(each, environments, git_has_own=git_has_own)
        if not _may_be_left_out(each)
    )


def _may_be_left_out(running: RunningStep) -> bool:
    """Tell whether a step is switched off, or an action decides by what it is given."""
    is_own = running.step is running.outer
    return running.step.condition == "false" or bool(running.step.condition and not is_own)


def _needs(running: RunningStep, places: Sequence[Node], *, git_has_own: bool) -> Iterator[Need]:
    step = running.step
    env = _env((*places, running.outer.node, step.node))
    use = _by_action_input(step) if is_releasio(step) else ACTIONS.get(step.action)
    if use is not None and use.permissions:
        is_off = _says(step, use.unless) or (use.switch and not _says(step, use.switch))
        tokens = [node.text for name in use.tokens if (node := step.input(name))]
        tokens += [env[name] for name in TOKEN_VARIABLES if name in env and not tokens]
        is_own = git_has_own if use.as_git else all(map(is_own_token, tokens))
        if not is_off and is_own:
            yield Need(use.permissions, use.deed, step.action, step.path, step.line_of("uses"))
        return
    own_env = all(is_own_token(env[name]) for name in TOKEN_VARIABLES if name in env)
    for command, line in step.commands():
        used = _use_of(command)
        if used and (git_has_own if used.as_git else own_env):
            tool = " ".join(command.words[:2])
            yield Need(used.permissions, used.deed, tool, step.path, line)


def _says(step: Step, given: tuple[str, str] | None) -> bool:
    return given is not None and getattr(step.input(given[0]), "text", None) == given[1]


def _use_of(command: Command) -> Use | None:
    words = command.words
    if words[0] == "gh":
        return _GH.get(" ".join(words[1:3]))
    if words[:2] == ("git", "push"):
        plain = not {"--dry-run", "-n"} & set(words) and not any("://" in word for word in words)
        return _PUSH if plain else None
    rest = command.after("releasio")
    if rest and rest[0] in _RELEASIO and _SWITCHES & set(rest):
        is_quiet = any(word.removeprefix("--stage=") in QUIET_STAGES for word in rest)
        return None if is_quiet else _RELEASIO[rest[0]]
    return None


def _by_action_input(step: Step) -> Use | None:
    verb = step.input_text("command")
    acts = verb != "do-release" or step.input_text("execute") == "true"
    is_dry = step.input_text("dry-run", "false") != "false"
    if is_dry or not acts or step.input_text("stage") in QUIET_STAGES:
        return None
    return _RELEASIO.get(verb)


def _git_has_own_token(steps: Sequence[RunningStep]) -> bool:
    """Tell whether git is sure to push with the job's own token: the checkout left it there."""
    checkouts = [each.step for each in steps if each.step.action == "actions/checkout"]
    if not checkouts or any("remote" in each.step.run for each in steps):
        return False
    return all(leaves_own_token(step) and not step.input("repository") for step in checkouts)


def _env(places: Sequence[Node]) -> dict[str, str]:
    return {e.key: e.node.text for place in places for e in place.entries_at("env")}
