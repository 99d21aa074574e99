"""What is told of the errors that Sigstore's libraries raise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import requests
from pypi_attestations import AttestationError
from sigstore.errors import TUFError, VerificationError
from sigstore.oidc import IdentityError
from sigstore.sign import ExpiredCertificate
from urllib3.exceptions import ProtocolError

from releasio.world.sigstore.trouble import Trouble, foreseen, trouble_of
from tests.embedded.index import EmbeddedIndex

if TYPE_CHECKING:
    from collections.abc import Callable


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def raised(work: Callable[[], object]) -> Exception:
    with pytest.raises(requests.RequestException) as caught:
        work()
    return caught.value


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (TimeoutError("no answer within 60 s"), Trouble("no answer within 60 s", passes=True)),
        (
            caused(TUFError("Failed to refresh TUF metadata"), OSError("Name not known")),
            Trouble("Failed to refresh TUF metadata (Name not known)", passes=True),
        ),
        (
            caused(OSError("it broke"), OSError("CERTIFICATE_VERIFY_FAILED: self-signed")),
            Trouble("CERTIFICATE_VERIFY_FAILED: self-signed", passes=False, untrusted=True),
        ),
        (
            caused(IdentityError("Identity token is malformed"), ValueError("it has expired")),
            Trouble("Identity token is malformed (it has expired)", passes=False),
        ),
        (VerificationError("SCT verify failed"), Trouble("SCT verify failed", passes=False)),
        (KeyError("logID"), Trouble("the answer makes no sense ('logID')", passes=True)),
        (AttributeError(), Trouble("the answer makes no sense (AttributeError)", passes=True)),
        (
            caused(ValueError(), ExpiredCertificate()),
            Trouble("its time is over", passes=False, over=True),
        ),
    ],
)
def test_says_what_happened_and_whether_it_may_pass(error: Exception, expected: Trouble) -> None:
    assert expected == trouble_of(error)


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError("no answer within 60 s"),
        requests.ConnectionError("it broke"),
        TUFError("Failed to refresh TUF metadata"),
        VerificationError("SCT verify failed"),
        IdentityError("Identity token is malformed"),
        ExpiredCertificate(),
        AttestationError("it cannot be converted"),
        ProtocolError("the connection broke"),
    ],
)
def test_what_the_libraries_and_the_wire_raise_is_foreseen(error: Exception) -> None:
    assert foreseen(error)


@pytest.mark.parametrize(
    "error", [TypeError("x"), KeyError("x"), AttributeError("x"), ValueError()]
)
def test_what_only_a_defect_raises_is_not(error: Exception) -> None:
    assert not foreseen(error)


def test_a_connection_that_is_refused_is_told_in_a_few_words() -> None:
    error = raised(lambda: requests.get("http://127.0.0.1:9/", timeout=5))

    found = trouble_of(error)

    assert found.passes
    assert "Max retries" not in found.problem


@pytest.mark.parametrize(
    ("how", "passes"), [("429", True), ("503-before", True), ("400-before", False)]
)
def test_an_answer_is_told_by_its_status_and_words(how: str, *, passes: bool) -> None:
    with EmbeddedIndex() as index:
        index.fail(on="rekor", how=how)
        answer = requests.post(f"{index.url}/api/v1/log/entries", timeout=5)

    found = trouble_of(raised(answer.raise_for_status))

    assert passes == found.passes
    assert found.problem.startswith(f"it answered {how[:3]}: ")


@pytest.mark.parametrize("link", ["__cause__", "__context__"])
def test_errors_that_blame_each_other_come_to_an_end(link: str) -> None:
    one, other = OSError("the first"), OSError("the second")
    setattr(one, link, other)
    setattr(other, link, one)

    assert "the second" == trouble_of(one).problem
