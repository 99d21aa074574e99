from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.rules.forge.github_hint import github_hint

if TYPE_CHECKING:
    from releasio.rules.forge.rights import TokenKind

ACTIONS = "GitHub Actions is not permitted to create or approve pull requests."
ACCEPTED = "x-accepted-github-permissions"


@pytest.mark.parametrize(
    ("status", "sentence", "headers", "kind", "words"),
    [
        (403, ACTIONS, {}, "job", "Settings > Actions > General"),
        (
            403,
            "Resource not accessible by integration",
            {ACCEPTED: "pull_requests=write"},
            "job",
            "Add to the job in the workflow's permissions: pull-requests: write.",
        ),
        (
            403,
            "Resource not accessible by integration",
            {ACCEPTED: "contents=write,workflows=write; contents=write"},
            "app",
            "Contents (read and write) and Workflows (read and write).",
        ),
        (401, "Bad credentials", {}, "classic", "The token in TOKEN has expired, was revoked"),
        (404, "Not Found", {"x-oauth-scopes": "gist, read:org"}, "classic", "needs the scope repo"),
        (404, "Not Found", {"x-oauth-scopes": ""}, "classic", "its scopes are: none."),
        (404, "Not Found", {"x-oauth-scopes": "repo"}, "classic", ""),
        (
            403,
            "Resource protected by organization SAML enforcement.",
            {"x-oauth-scopes": "repo"},
            "classic",
            "Configure SSO",
        ),
        (403, "Must have admin rights", {}, "fine-grained", "Its owner needs the right to write"),
    ],
)
def test_what_is_missing_is_named_with_the_place_where_it_is_given(
    status: int, sentence: str, headers: dict[str, str], kind: TokenKind, words: str
) -> None:
    hint = github_hint(status, sentence, headers, kind, "TOKEN")

    assert words in hint
    assert bool(words) == bool(hint)
