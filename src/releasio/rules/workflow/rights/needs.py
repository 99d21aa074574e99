"""What the steps of a job need its token for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.workflow.own_token import TOKEN_VARIABLES, is_own_token, leaves_own_token
from releasio.rules.workflow.publishing import is_releasio
from releasio.rules.workflow.rights.action_rights import ACTIONS, Rights
from releasio.rules.workflow.rights.running_steps import running_steps
from releasio.rules.workflow.script import commands
from releasio.rules.workflow.upload_tools import QUIET_STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from releasio.rules.workflow.node import Node
    from releasio.rules.workflow.rights.running_steps import RunningStep
    from releasio.rules.workflow.script import Command
    from releasio.rules.workflow.workflow import CompositeAction, Job, Step, Workflow

_GIVES_TOKEN = ("create-github-app-token", "github-app-token", "ssh-agent", "ghaction-import-gpg")
_GH = {
    "release create": Rights(("contents",), "makes a release"),
    "release upload": Rights(("contents",), "adds files to a release"),
    "release edit": Rights(("contents",), "changes a release"),
    "release delete": Rights(("contents",), "deletes a release"),
    "pr create": Rights(("pull-requests",), "opens a pull request"),
}
_PUSH = Rights(("contents",), "pushes commits or tags", as_git=True)
_RELEASIO: Mapping[str, Rights] = {
    "release": Rights(("contents",), "pushes the release commit and its tag"),
    "do-release": Rights(("contents",), "pushes the release commit and its tag"),
    "release-pr": Rights(("contents", "pull-requests"), "opens the release pull request"),
}
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
    rights = ACTIONS.get(step.action)
    if is_releasio(step):
        rights = _by_action_input(running)
    if rights is not None:
        is_off = _says(step, rights.unless) or (rights.switch and not _says(step, rights.switch))
        tokens = [node.text for name in rights.tokens if (node := step.input(name))]
        tokens += [env[name] for name in TOKEN_VARIABLES if name in env and not tokens]
        is_own = git_has_own if rights.as_git else all(map(is_own_token, tokens))
        if not is_off and is_own:
            yield Need(
                rights.permissions, rights.deed, step.action, step.path, step.line_of("uses")
            )
        return
    node = step.node.get("run")
    if node is None:
        return
    own_env = all(is_own_token(env[name]) for name in TOKEN_VARIABLES if name in env)
    for command in commands(step.run):
        used = _rights_of(command)
        if used is None or (not git_has_own if used.as_git else not own_env):
            continue
        line = node.text_line + command.offset
        tool = " ".join(command.words[:2])
        yield Need(used.permissions, used.deed, tool, step.path, line)


def _says(step: Step, given: tuple[str, str] | None) -> bool:
    node = step.input(given[0]) if given else None
    return node is not None and given is not None and node.text == given[1]


def _rights_of(command: Command) -> Rights | None:
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


def _by_action_input(running: RunningStep) -> Rights | None:
    step = running.step
    verb, dry_run, stage = (step.input(name) for name in ("command", "dry-run", "stage"))
    if verb is None or (dry_run is not None and dry_run.text != "false"):
        return None
    if stage is not None and stage.text in QUIET_STAGES:
        return None
    rights = _RELEASIO.get(verb.text)
    acts = step.input("execute")
    if rights is None or (verb.text == "do-release" and (acts is None or acts.text != "true")):
        return None
    return Rights(rights.permissions, rights.deed, ("github-token",))


def _git_has_own_token(steps: Sequence[RunningStep]) -> bool:
    """Tell whether git is sure to push with the job's own token: the checkout left it there."""
    checkouts = [each.step for each in steps if each.step.action == "actions/checkout"]
    if not checkouts or any("remote" in each.step.run for each in steps):
        return False
    return all(leaves_own_token(step) and not step.input("repository") for step in checkouts)


def _env(places: Sequence[Node]) -> dict[str, str]:
    variables: dict[str, str] = {}
    for place in places:
        env = place.get("env")
        variables |= {entry.key: entry.node.text for entry in (env.entries if env else ())}
    return variables
