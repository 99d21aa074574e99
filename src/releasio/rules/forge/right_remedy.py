"""What a right is called for each kind of token, and how it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.forge.rights import RightMissing
from releasio.rules.forge.place import NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.forge.rights import Right, Rights

DEEDS: Mapping[Right, str] = {
    "contents": "push or make releases",
    "pull-requests": "open pull requests",
    "workflows": "change workflows",
    "issues": "make labels",
}
_NAMES: Mapping[Right, str] = {
    "contents": "Contents",
    "pull-requests": "Pull requests",
    "workflows": "Workflows",
    "issues": "Issues",
}
_ALLOW = (
    " and tick Settings > Actions > General > Allow GitHub Actions to create and approve pull "
    "requests"
)
_APP = "use the token of a GitHub App, or a fine-grained one"
_GITLAB_JOB = (
    "Set GITLAB_TOKEN to a project access token with the scope api and the role Developer: a job's "
    "own token can make releases, and nothing else."
)


def right_missing(
    right: Right, rights: Rights, place: ForgePlace, where: tuple[str, int] | None = None
) -> RightMissing:
    """
    Return the error of a token that lacks *right*, with the fix for its kind.

    Args:
        right: Which it lacks.
        rights: What is known of the token.
        place: Where it was to be used.
        where: Path and line of the `permissions:` that count for the job; None: not known.
    """
    name, hint = {"github": _on_github, "gitlab": _on_gitlab, "gitea": _on_gitea}[place.kind](
        right, rights, place
    )
    path, line = where or (None, None)
    source = (
        f"{rights.source or 'the environment'}{', of this job,' if rights.kind == 'job' else ''}"
    )
    return RightMissing(
        place.name, DEEDS[right], name, source=source, hint=hint, path=path, line=line
    )


def right_unknown(right: Right, rights: Rights, place: ForgePlace) -> str:
    """Say that nobody knows whether the token has *right*."""
    source = rights.source or "the environment"
    return f"whether the token from {source} may {DEEDS[right]} on {NAMES[place.kind]} is not known"


def _on_github(right: Right, rights: Rights, place: ForgePlace) -> tuple[str, str]:
    match rights.kind, right:
        case "job", "workflows":
            return "Workflows: write", f"No job's own token can have it: {_APP}."
        case "job", _:
            allow = _ALLOW if right == "pull-requests" else ""
            return f"{right}: write", f"Write {right}: write under the job's permissions:{allow}."
        case "classic", "workflows":
            return "the scope workflow", "Give the token the scope workflow."
        case "classic", _:
            hint = (
                "Give the token the scope repo (public_repo is enough for a public repository); "
                f"its account needs the role Write in {place.slug}."
            )
            return "the scope repo, or its account the right to write", hint
        case "fine-grained" | "app", _:
            hint = (
                f"Give it {_NAMES[right]}: Read and write, for {place.slug}; an owner of the "
                "organization may have to approve that."
            )
            return f"{_NAMES[right]}: Read and write", hint
        case _:
            return f"{right}: write", f"Its account needs the role Write in {place.slug}."


def _on_gitlab(right: Right, rights: Rights, place: ForgePlace) -> tuple[str, str]:
    del right
    if rights.kind == "job":
        return "the scope api", _GITLAB_JOB
    hint = f"Give the token the scope api, and its account the role Developer in {place.slug}."
    return "the scope api or the role Developer", hint


def _on_gitea(right: Right, rights: Rights, place: ForgePlace) -> tuple[str, str]:
    scope = "write:issue" if right == "issues" else "write:repository"
    if rights.kind == "job":
        hint = "Set GITEA_TOKEN to a token of an account that may write the repository."
        return scope, hint
    hint = f"Give the token the scope {scope}, and its account the right to write {place.slug}."
    return scope, hint
