"""Ask Sigstore through its libraries, patiently: they know neither time-outs nor second tries."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from releasio.errors.auth.attestation import SigningRefused, SigstoreUnreachable
from releasio.rules.credentials.secret import redact
from releasio.world.http.requester import TRIES
from releasio.world.processes.deadline import within
from releasio.world.sigstore.trouble import foreseen, trouble_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from releasio.rules.credentials.secret import Secret
    from releasio.world.http.requester import Requester

T = TypeVar("T")

PATIENCE = 60.0  # seconds for one step of Sigstore's


class TimeIsOver(Exception):
    """A certificate or an identity ran out; a new one goes on."""


def patiently(
    requester: Requester,
    service: str,
    name: str,
    work: Callable[[], T],
    patience: float = PATIENCE,
    secrets: Sequence[Secret] = (),
) -> T:
    """
    Return what *work* returns, tried again as often as may help.

    Args:
        requester: Pauses between tries.
        service: Who is asked.
        name: What it is for.
        work: Asks; it may be done twice.
        patience: Seconds for one try.
        secrets: What an answer may echo.

    Raises:
        SigstoreUnreachable: The last try failed, too.
        SigningRefused: It would not help.
        TimeIsOver: A certificate or identity ran out.
        Exception: Neither Sigstore nor the way there can cause it: a defect, as it was raised.
    """
    for attempt in range(1, TRIES + 1):
        try:
            return within(patience, work)
        except Exception as error:
            if not foreseen(error):
                raise
            trouble = trouble_of(error)
            problem = redact(trouble.problem, secrets)
            if trouble.over:
                raise TimeIsOver from error
            if not trouble.passes and not trouble.untrusted:
                raise SigningRefused(service, name, problem) from error
            if trouble.untrusted or attempt == TRIES or requester.late(attempt):
                raise SigstoreUnreachable(
                    service, problem, tries=attempt, untrusted=trouble.untrusted
                ) from error
        requester.pause(service, problem, attempt)
    msg = "the last try returns or raises"
    raise AssertionError(msg)
