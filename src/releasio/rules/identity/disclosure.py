"""What signing tells the world of a repository that is not public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.identity.claims import claim

if TYPE_CHECKING:
    from collections.abc import Mapping

_HIDDEN = {"private", "internal"}


def disclosed(claims: Mapping[str, object]) -> str:
    """
    Say what the public log of Sigstore will show of a job with *claims*; empty: nothing new.

    Source: https://docs.github.com/en/actions/concepts/security/openid-connect and
    https://docs.gitlab.com/ci/secrets/id_token_authentication/ (the claims of both).
    """
    for name in ("repository_visibility", "project_visibility"):
        if (visibility := claim(claims, name)) in _HIDDEN:
            return (
                f"the repository is {visibility}, and its name and workflow go into a public log "
                "for good; publish.attestations = false signs nothing"
            )
    return ""
