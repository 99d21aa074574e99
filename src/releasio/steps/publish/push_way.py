"""Which way the release commit takes, by the rules of the forge: asked before anything is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError, together
from releasio.frozen import frozen
from releasio.rules.running.commit_way import branch_error, tag_error
from releasio.steps.step import Blocked, Todo
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.running.remote import Remote
    from releasio.world.forge.forge import Forge
    from releasio.world.world import World


@frozen
class PushWay:
    """
    What a push sends.

    Attributes:
        remote: Where to.
        branch: Which branch moves; None: none.
        commit: The release commit; None: it does not exist yet.
        tags: The names of the tags that are made.
        signed: Whether the forge has signed the commit.
    """

    remote: Remote
    branch: str | None
    commit: str | None
    tags: tuple[str, ...]
    signed: bool = False


def way_state(
    world: World, state: Todo, place: ForgePlace, outgoing: PushWay, refs: Mapping[str, str]
) -> Todo | Blocked:
    """
    Add to *state* which way a release takes, and why; Blocked where the forge will refuse it.

    That is sure where git pushes with the token that the forge was asked with. A key, or another
    login, may be exempt from rules that bind the token.

    Args:
        world: Has the forge.
        state: What is known of it already.
        place: The repository on its forge.
        outgoing: What is pushed.
        refs: What the remote has, by full name.
    """
    forge = world.forge(place)
    if forge is None:
        return state
    try:
        way, errors = _way(world, outgoing, forge, refs)
    except ReleasioError as error:
        return state.also(f"{error}; which rules it has is not known")
    if not errors:
        return state.also(way)
    if _is_same_login(world, place, outgoing.remote):
        return Blocked(together(errors))
    demands = listed([str(error) for error in errors])
    return state.also(
        f"{demands}; that is of the token, and git pushes to {outgoing.remote.name} with a login "
        "of its own",
    )


def _way(
    world: World, outgoing: PushWay, forge: Forge, refs: Mapping[str, str]
) -> tuple[str, list[ReleasioError]]:
    """Return the way in a few words, and what stands in it."""
    names = outgoing.tags
    tag_errors = [tag_error(name, forge.place, forge.tag_rules(name)) for name in names]
    errors = [error for error in tag_errors if error]
    if outgoing.branch is None or _has(
        world, refs.get(f"refs/heads/{outgoing.branch}"), outgoing.commit
    ):
        noun = "the tags go" if names[1:] else "the tag goes"
        return f"{noun} alone: the commit is there", errors
    rules = forge.branch_rules(outgoing.branch)
    signs = outgoing.signed or _signs(world)
    if error := branch_error(outgoing.branch, forge.place, rules, signs=signs):
        errors.insert(0, error)
    if not rules.known:
        doubt = f"not all that {outgoing.branch} demands is known: {rules.reason}"
        return doubt if rules.reason else "", errors
    return f"{forge.place.name} takes a push to {outgoing.branch}", errors


def _has(world: World, branch_commit: str | None, commit: str | None) -> bool:
    """Whether the branch there has *commit*, as far as this clone knows."""
    return bool(commit and branch_commit and world.git.objects.is_ancestor(commit, branch_commit))


def _signs(world: World) -> bool:
    """Whether git signs the release commit."""
    from releasio.world.git.signing import signing_prospect

    return signing_prospect(world.git, "commit") != ""


def _is_same_login(world: World, place: ForgePlace, remote: Remote) -> bool:
    """Whether git pushes with the token that the forge was asked with."""
    from releasio.rules.credentials.forge_token import search_token
    from releasio.world.tokens.git_login import pushes_with

    token = search_token(place, world.env).token
    return token is not None and pushes_with(world.git, remote, token.secret)
