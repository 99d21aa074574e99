"""What is said when no source had a credential."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.auth.elsewhere import not_taken
from releasio.errors.credential import (
    CredentialRefused,
    ForkHasNoIdentity,
    NoCredential,
    TrustedPublishingUnsupported,
)
from releasio.world.ci import ci_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from releasio.errors.base import ReleasioError
    from releasio.rules.credential import Answer
    from releasio.rules.registry import Registry

# their own hint says all there is to say about tokens
_FINAL = (ForkHasNoIdentity, TrustedPublishingUnsupported)


def no_credential(
    registry: Registry, answers: Sequence[Answer], env: Mapping[str, str], *, only_trusted: bool
) -> ReleasioError:
    """
    Return the error for *answers* without a credential among them.

    Where a service did not answer and nothing else was refused, that is the
    error: the same command may work in a minute.
    """
    refused = [answer.error for answer in answers if answer.outcome == "refused" and answer.error]
    if refused and not any(isinstance(error, CredentialRefused) for error in refused):
        return refused[0]
    causes = refused or [answer.error for answer in answers if answer.error]
    hints = [error.hint for error in causes if error.hint]
    if not any(isinstance(error, _FINAL) for error in causes):
        hints += _otherwise(registry, env, only_trusted=only_trusted, first=not hints)
    details = [rest for error in causes if (rest := str(error).partition("\n\n")[2])]
    return NoCredential(
        registry.name, answers, detail="\n\n".join(details), hint="\n".join(dict.fromkeys(hints))
    )


def _otherwise(
    registry: Registry, env: Mapping[str, str], *, only_trusted: bool, first: bool
) -> list[str]:
    """Return how to give a token, which works everywhere it is allowed."""
    if only_trusted:
        publish = (
            "Publish from a job that can prove what it is (GitHub Actions with `id-token: write`, "
            "GitLab CI with `id_tokens`), or, to allow tokens, set publish.trusted_publishing = "
            "true."
        )
        return [publish] if first else []
    if ci_name(env):
        give = "Give" if first else "Or give"
        if not_taken(env, registry):
            give = f"{registry.name} takes no identities of {ci_name(env)}. Give"
        return [f"{give} the job a token of {registry.name} as RELEASIO_TOKEN."]
    run = "Run" if first else "Or run"
    keep = f"keyring set {registry.upload} __token__"
    return [
        f"{run} this in a terminal to be asked for a token, set RELEASIO_TOKEN, or keep one: {keep}"
    ]
