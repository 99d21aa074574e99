"""Whether the token may do what is going to be done, asked before anything is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import together
from releasio.frozen import replace
from releasio.rules.forge.right_remedy import right_missing, right_unknown
from releasio.rules.workflow.job_permissions import job_permissions, workflow_of
from releasio.steps.step import Blocked, Todo

if TYPE_CHECKING:
    from releasio.rules.forge.rights import Right, Rights
    from releasio.rules.workflow.workflow import Permissions
    from releasio.world.forge.forge import Forge
    from releasio.world.world import World


def rights_state(world: World, forge: Forge, *needed: Right) -> Todo | Blocked:
    """
    Return Blocked where the token is known to lack one of *needed*, else Todo.

    What nobody knows is said in the detail of Todo. A job's own token cannot be asked what it
    may do, so its workflow is read, as it is at HEAD.

    Raises:
        ForgeUnreachable: The forge did not answer; and what else `Forge` raises.
    """
    rights = forge.rights()
    declared, path = _declared(world, forge, rights)
    if declared:
        rights = _with_declared(rights, declared, needed)
    where = (path, declared.line) if declared else None
    if missing := [right for right in needed if right in rights.missing]:
        errors = [right_missing(right, rights, forge.place, where) for right in missing]
        return Blocked(together(errors))
    unknown_rights = [right for right in needed if right not in rights.granted]
    doubts = [right_unknown(right, rights, forge.place) for right in unknown_rights]
    return Todo("; ".join(doubts))


def _declared(world: World, forge: Forge, rights: Rights) -> tuple[Permissions | None, str]:
    """Return what the job's workflow grants, and its path; None: it does not say."""
    workflow = workflow_of(world.env)
    if rights.kind != "job" or forge.place.kind != "github" or workflow is None:
        return None, ""
    repository, path = workflow
    if repository.lower() != forge.place.slug.lower():
        return None, ""  # a job's own token is for its own repository
    content = world.git.objects.read_file("HEAD", path)
    text = content.decode("utf-8", "replace") if content else ""
    return job_permissions(text, world.env.get("GITHUB_JOB", "")), path


def _with_declared(rights: Rights, declared: Permissions, needed: tuple[Right, ...]) -> Rights:
    """Return *rights* with what the workflow says of those that the forge did not tell."""
    unknown_rights = {right for right in needed if right not in rights.granted | rights.missing}
    granted = frozenset(right for right in unknown_rights if declared.writes(right))
    return replace(
        rights,
        granted=rights.granted | granted,
        missing=rights.missing | (unknown_rights - granted),
    )
