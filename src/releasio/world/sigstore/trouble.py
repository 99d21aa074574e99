"""What went wrong between Sigstore and its libraries, which raise errors of no common kind."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING

from releasio.rules.index.error_answer import beginning
from releasio.text.json_text import read_json
from releasio.world.http.requester import passing

if TYPE_CHECKING:
    from collections.abc import Iterator

_FINAL = {"VerificationError", "IdentityError", "CertValidationError", "InvalidBundle"}
_OVER = {"ExpiredCertificate", "ExpiredIdentity"}
# whose own errors tell of the world, and not of how they were called
_LIBRARIES = {"cryptography", "pypi_attestations", "sigstore", "tuf", "urllib3"}
# where they take answers apart; one of another shape makes that raise whatever Python does
_READERS = ("sigstore._internal.fulcio", "sigstore._internal.rekor", "sigstore.models")


@dataclass(frozen=True)
class Trouble:
    """
    One failed try.

    Attributes:
        problem: What happened, in a few words.
        passes: Another try may go better.
        over: The certificate or the identity ran out; a new one helps.
        untrusted: It shows a certificate that is not trusted here, as proxies do.
    """

    problem: str
    passes: bool
    over: bool = False
    untrusted: bool = False


def foreseen(error: BaseException) -> bool:
    """
    Tell whether *error* is one that Sigstore, or the way there, can cause.

    Those are what the libraries define for it, what the system says of the wire,
    and whatever is raised while an answer is read. Anything else is a defect.
    """
    kinds = {kind.__module__.partition(".")[0] for kind in type(error).__mro__}
    if isinstance(error, OSError) or kinds & _LIBRARIES:
        return True
    frames = traceback.walk_tb(error.__traceback__)
    return any(frame.f_globals.get("__name__", "").startswith(_READERS) for frame, _ in frames)


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
            answer = f"it answered {status}: {text}" if text else f"it answered {status}"
            return Trouble(answer, passes=passing(status))
    messages = [str(link) for link in chain if str(link)] or [type(error).__name__]
    if kinds & _FINAL:
        return Trouble(_first_and_last(messages), passes=False)
    is_system_error = any(isinstance(link, OSError) for link in chain)
    if not is_system_error and "TUFError" not in kinds:
        return Trouble(f"the answer makes no sense ({beginning_of(messages[0])})", passes=True)
    # what names the cause in the fewest words comes last
    problem = (
        beginning_of(messages[-1]) if isinstance(error, OSError) else _first_and_last(messages)
    )
    is_untrusted = "CERTIFICATE_VERIFY_FAILED" in " ".join(messages)
    return Trouble(problem, passes=not is_untrusted, untrusted=is_untrusted)


def _first_and_last(messages: list[str]) -> str:
    """Return what was tried, and what came in the way."""
    first, last = beginning_of(messages[0]), beginning_of(messages[-1])
    return first if last in first else f"{first} ({last})"


def beginning_of(text: str) -> str:
    """Return the first line of *text*, not too long."""
    return text.strip().partition("\n")[0][:300]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    ids: set[int] = set()  # libraries that raise one error again may tie it to itself
    while error is not None and id(error) not in ids:
        ids.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _message(body: str) -> str:
    """Return what an error answer says: both services tell it as `message`."""
    try:
        message = read_json(body)["message"]
    except (ValueError, KeyError, TypeError):
        return beginning(body)
    return beginning_of(str(message))
