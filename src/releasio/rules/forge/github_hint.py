"""What to do when GitHub refuses: which right is missing, and where it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.forge.rights import TokenKind

_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND = 401, 403, 404
_ALLOW = (
    "Allow it in the repository's Settings > Actions > General: \"Allow GitHub Actions to create "
    'and approve pull requests"; an organization may have to allow it first. Or use another token.'
)
# what GitHub says, and what to do; the first that is in its sentence counts
_SENTENCES = {
    "not permitted to create or approve pull requests": _ALLOW,
    "SAML": "Authorize the token for the organization: Configure SSO, in the list of your tokens.",
    "immutable release": "Files of a published release cannot be changed: make the next version.",
    "Auto merge is not allowed": "Allow it in the repository's Settings > General: Allow "
    "auto-merge.",
    "repository rule violations": "A rule of the repository forbids it: Settings > Rules > "
    "Rulesets tells which.",
}
_WRITING = {"repo", "public_repo"}  # scopes that let a token write


def github_hint(
    status: int, sentence: str, headers: Mapping[str, str], kind: TokenKind, source: str
) -> str:
    """
    Return what to do about an answer; empty: nobody knows.

    Args:
        status: Of the answer.
        sentence: What GitHub says.
        headers: Of the answer, by lower-case name.
        kind: Of the token.
        source: Where the token was read from, for people.
    """
    for fragment, advice in _SENTENCES.items():
        if fragment.lower() in sentence.lower():
            return advice
    if status == _UNAUTHORIZED:
        return f"The token in {source} has expired, was revoked, or was not copied as a whole."
    if accepted := headers.get("x-accepted-github-permissions", ""):
        return _permission_hint(accepted, kind)
    scopes = {scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",")} - {""}
    if status in {_FORBIDDEN, _NOT_FOUND} and "x-oauth-scopes" in headers and not scopes & _WRITING:
        listed = ", ".join(sorted(scopes)) or "none"
        return f"The token in {source} needs the scope repo; its scopes are: {listed}."
    return "Its owner needs the right to write to the repository." if status == _FORBIDDEN else ""


def _permission_hint(accepted: str, kind: TokenKind) -> str:
    """Name the first set of permissions of `contents=write,workflows=write; ...`."""
    first = accepted.partition(";")[0]
    pairs = [pair.strip().partition("=") for pair in first.split(",") if "=" in pair]
    if kind == "job":
        listed = " and ".join(f"{name.replace('_', '-')}: {level}" for name, _, level in pairs)
        return f"Add to the job in the workflow's permissions: {listed}."
    listed = " and ".join(
        f"{name.replace('_', ' ').capitalize()} ({'read and write' if level == 'write' else level})"
        for name, _, level in pairs
    )
    return f"Give the token this permission of the repository: {listed}."
