"""Jobs that certainly do nothing with an identity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.workflow.rights.action_rights import (
    ACTIONS,
    MODULES_WITHOUT_IDENTITY,
    PROGRAMS_WITHOUT_IDENTITY,
    SUBCOMMANDS_WITHOUT_IDENTITY,
    WITHOUT_IDENTITY,
)
from releasio.rules.workflow.rights.running_steps import running_steps
from releasio.rules.workflow.script import commands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.workflow.script import Command
    from releasio.rules.workflow.workflow import CompositeAction, Job, Step

_TRACES = ("id_token", "idtoken", "oidc", "sigstore", "attest", "id-token")
_COVERAGE = "codecov/codecov-action"


def uses_no_identity(job: Job, actions: Mapping[str, CompositeAction]) -> bool:
    """
    Tell whether every step of *job* is known, and none of them asks for an identity.

    Args:
        job: One that uploads nothing.
        actions: The composite actions of the repository by their folder.
    """
    steps = [each.step for each in running_steps(job, actions)]
    return bool(steps) and all(map(_is_without, steps))


def _is_without(step: Step) -> bool:
    texts = " ".join(
        [entry.key for entry in (step.node.get("with") or step.node).entries]
        + [node.text for node in step.node.scalars()]
    ).lower()
    if step.action in ACTIONS and "id-token" in ACTIONS[step.action].permissions:
        switch = ACTIONS[step.action].switch
        return switch is not None and step.input(switch[0]) is None
    if step.action == _COVERAGE:
        return step.input("use_oidc") is None
    if any(trace in texts for trace in _TRACES):
        return False
    if step.uses:
        return step.action in WITHOUT_IDENTITY
    return bool(step.run) and all(map(_is_plain, commands(step.run)))


def _is_plain(command: Command) -> bool:
    words = command.words
    program = words[0]
    if program in PROGRAMS_WITHOUT_IDENTITY:
        return True
    subcommands = SUBCOMMANDS_WITHOUT_IDENTITY.get(program)
    if subcommands is None or len(words) == 1 or words[1] not in subcommands:
        return False
    if words[1] in {"run", "install", "-m"}:
        name = "".join(words[2:3]).partition("=")[0].partition(">")[0]  # pipx run build
        is_installer = program == "pipx" and words[1] == "install"
        return is_installer or program == "poetry" or name in MODULES_WITHOUT_IDENTITY | {""}
    return True
