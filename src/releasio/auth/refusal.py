"""What is said when no source had a credential."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.auth.sources.prompt import NOTHING, SEEN
from releasio.auth.trusted.elsewhere import not_taken
from releasio.errors.auth.credential import CredentialRefused, NoCredential
from releasio.errors.auth.identity import ForkHasNoIdentity
from releasio.errors.auth.publisher import TrustedPublishingUnsupported
from releasio.rules.credentials.policy import TRUSTED
from releasio.world.ci.ci import ci_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from releasio.errors.base import ReleasioError
    from releasio.rules.credentials.credential import Answer
    from releasio.rules.credentials.policy import Policy
    from releasio.rules.index.registry import Registry

# their own hint says all there is to say about tokens
_FINAL = (ForkHasNoIdentity, TrustedPublishingUnsupported)


def no_credential(
    registry: Registry, answers: Sequence[Answer], env: Mapping[str, str], policy: Policy
) -> ReleasioError:
    """
    Return the error for *answers* without a credential among them.

    Where a service did not answer and nothing else was refused, that is the
    error: the same command may work in a minute.
    """
    refusals = [answer.error for answer in answers if answer.outcome == "refused" and answer.error]
    if refusals and not any(isinstance(error, CredentialRefused) for error in refusals):
        return refusals[0]
    causes = refusals or [answer.error for answer in answers if answer.error]
    hints = [error.hint for error in causes if error.hint]
    if not any(isinstance(error, _FINAL) for error in causes):
        allowed_kinds = {
            k for k in policy.order if not policy.why_not(k, after_refusal=bool(refusals))
        }
        ways = {
            kind: way for kind, way in _ways(registry, answers).items() if kind in allowed_kinds
        }
        hints += _otherwise(registry, env, ways, first=not hints) or _rules(policy, first=not hints)
    details = [detail for error in causes if (detail := str(error).partition("\n\n")[2])]
    return NoCredential(
        registry.name,
        _asked(answers),
        tuple(answers),
        detail="\n\n".join(details),
        hint="\n".join(dict.fromkeys(hints)),
    )


def _asked(answers: Sequence[Answer]) -> str:
    """Say what the sources answered: the cause first, and all of them where there is none."""
    causes = [answer for answer in answers if answer.outcome == "refused"]
    causes = causes or [answer for answer in answers if answer.error]
    if not causes:
        return "; asked in turn:" + "".join(f"\n  {answer}" for answer in answers)
    sentences = [_with_code(answer) for answer in causes]
    first = (
        f": {sentences[0]}"
        if len(sentences) == 1
        else ":" + "".join(f"\n  {sentence}" for sentence in sentences)
    )
    if len(causes) == len(answers):
        return first
    return f"{first}\nNo other source applies (--verbose lists them all)."


def _with_code(answer: Answer) -> str:
    """Return *answer* with the code of what is behind it, which its text has only of a refusal."""
    code = answer.error.code if answer.error else ""
    text = str(answer)
    return text if not code or text.endswith(f"[{code}]") else f"{text} [{code}]"


def _otherwise(
    registry: Registry, env: Mapping[str, str], ways: Mapping[str, str], *, first: bool
) -> list[str]:
    """Return how to give a token in one of these *ways*; nothing when there is none."""
    if ci_name(env):
        give = "Give" if first else "Or give"
        if not_taken(env, registry):
            give = f"{registry.name} takes no identities of {ci_name(env)}. Give"
        token = f"{give} the job a token of {registry.name} as RELEASIO_TOKEN."
        return [token] if "environment" in ways else []
    sentences = list(ways.values())
    if not sentences:
        return []
    text = ", ".join([*sentences[:-1], f"or {sentences[-1]}"] if sentences[1:] else sentences)
    return [text[0].upper() + text[1:] if first else f"Or {text}"]


def _ways(registry: Registry, answers: Sequence[Answer]) -> dict[str, str]:
    """Return how to give a token in each place; who was asked for one is at a terminal already."""
    reasons = {answer.reason for answer in answers}
    ways = {
        "prompt": "run this in a terminal to be asked for a token",
        "environment": "set RELEASIO_TOKEN",
        "keyring": f"keep one: keyring set {registry.upload} {registry.user}",
    }
    if NOTHING in reasons:
        ways["prompt"] = "run this again and paste a token when you are asked (it is not shown)"
    if SEEN in reasons:
        del ways["prompt"]
    return ways


def _rules(policy: Policy, *, first: bool) -> list[str]:
    """Return which setting leaves no place for a token, and what it lets through."""
    if policy.trusted_publishing == "required" and TRUSTED not in policy.order:
        settings = 'publish.trusted_publishing = "required" and publish.credentials'
        return [f"{settings} together leave nothing to ask: name trusted-publishing in the latter."]
    if policy.trusted_publishing == "required":
        return [_PUBLISH] if first else []
    if policy.fallback != "on-refusal":
        change = 'To have the next source asked all the same, set publish.fallback = "on-refusal".'
        return [change]
    kinds = ", ".join(policy.order)
    return [f"publish.credentials lets only these be asked: {kinds}." if kinds else _NOBODY]


_PUBLISH = (
    "Publish from a job that can prove what it is (GitHub Actions with `id-token: write`, "
    "GitLab CI with `id_tokens`), or, to allow tokens, set publish.trusted_publishing = true."
)
_NOBODY = "publish.credentials is empty, so nothing can be asked: name a source in it."
