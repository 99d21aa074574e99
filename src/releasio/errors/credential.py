"""Credentials that are missing, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import NO_CREDENTIAL, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.rules.credential import Answer


class CredentialRefused(ReleasioError):
    """A credential is there, and is sure not to work. The base of all that say why."""

    exit_code = NO_CREDENTIAL


class NoCredential(ReleasioError):
    """
    No source had a credential for the index.

    Every source is asked in turn, and the list shows what each one said.
    Sources that do not apply are normal; one that was refused is the one to
    look at.
    """

    code = "no-credential"
    exit_code = NO_CREDENTIAL

    def __init__(self, registry: str, answers: Sequence[Answer], *, detail: str, hint: str) -> None:
        asked = "\n".join(f"  {answer}" for answer in answers)
        shown = f"\n\n{detail}" if detail else ""
        super().__init__(
            f"no credential for {registry}; asked in turn:\n{asked}{shown}",
            hint=hint,
        )
        self.answers = tuple(answers)
