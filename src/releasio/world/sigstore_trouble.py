"""What went wrong between Sigstore and its libraries, which raise errors of no common kind."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from releasio.rules.answers import beginning
from releasio.world.wire import passing

if TYPE_CHECKING:
    from collections.abc import Iterator

_FINAL = {"VerificationError", "IdentityError", "CertValidationError", "InvalidBundle"}
_OVER = {"ExpiredCertificate", "ExpiredIdentity"}


@dataclass(frozen=True)
class Trouble:
    """
    One failed try.

    Attributes:
        problem: What happened, in a few words.
        passes: Another try may go better.
        over: The certificate or the identity ran out; a new one helps.
    """

    problem: str
    passes: bool
    over: bool = False


def trouble_of(error: BaseException) -> Trouble:
    """
    Return what *error* means.

    Fulcio's client loses the answer's text (its error is empty), so the cause is
    looked for along the chain.
    """
    chain = list(_chain(error))
    kinds = {type(link).__name__ for link in chain}
    if kinds & _OVER:
        return Trouble("its time is over", passes=False, over=True)
    for link in chain:
        response = getattr(link, "response", None)
        status = getattr(response, "status_code", None)
        if isinstance(status, int):
            text = _message(str(getattr(response, "text", "")))
            said = f"it answered {status}: {text}" if text else f"it answered {status}"
            return Trouble(said, passes=passing(status))
    words = [str(link) for link in chain if str(link)]
    problem = beginning_of(words[0]) if words else type(error).__name__
    final = bool(kinds & _FINAL) or "CERTIFICATE_VERIFY_FAILED" in " ".join(words)
    if not final and not any(isinstance(link, OSError) for link in chain):
        problem = f"the answer makes no sense ({problem})"
    return Trouble(problem, passes=not final)


def beginning_of(text: str) -> str:
    """Return the first line of *text*, not too long."""
    return text.strip().partition("\n")[0][:300]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _message(body: str) -> str:
    """Return what an error answer says: both services tell it as `message`."""
    try:
        message = json.loads(body)["message"]
    except (ValueError, KeyError, TypeError):
        return beginning(body)
    return beginning_of(str(message))
