"""Credentials that are missing, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import NO_CREDENTIAL, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.rules.credentials.credential import Answer


class CredentialRefused(ReleasioError):
    """A credential is there, and is sure not to work. The base of all that say why."""

    exit_code = NO_CREDENTIAL


class NoCredential(ReleasioError):
    """
    No source had a credential for the index.

    Every source is asked in turn. One that was refused, or that would apply but for something
    that can be mended, stands first; that others do not apply is normal. `--verbose` lists what
    each one said.
    """

    code = "no-credential"
    exit_code = NO_CREDENTIAL

    def __init__(self, registry: str, answers: Sequence[Answer], *, detail: str, hint: str) -> None:
        shown = f"\n\n{detail}" if detail else ""
        super().__init__(f"no credential for {registry}{_asked(answers)}{shown}", hint=hint)
        self.answers = tuple(answers)


def _asked(answers: Sequence[Answer]) -> str:
    """Say what the sources answered: the cause first, and all of them where there is none."""
    causes = [answer for answer in answers if answer.outcome == "refused"]
    causes = causes or [answer for answer in answers if answer.error]
    if not causes:
        return "; asked in turn:" + "".join(f"\n  {answer}" for answer in answers)
    told = [_with_code(answer) for answer in causes]
    first = f": {told[0]}" if len(told) == 1 else ":" + "".join(f"\n  {one}" for one in told)
    if len(causes) == len(answers):
        return first
    return f"{first}\nNo other source applies (--verbose lists them all)."


def _with_code(answer: Answer) -> str:
    """Return *answer* with the code of what is behind it, which its text has only of a refusal."""
    code = answer.error.code if answer.error else ""
    text = str(answer)
    return text if not code or text.endswith(f"[{code}]") else f"{text} [{code}]"
