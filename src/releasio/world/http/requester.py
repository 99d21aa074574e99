"""Send a request until it is answered: back-off, jitter and `Retry-After`, bounded."""

from __future__ import annotations

import random
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parsedate_to_datetime
from html import escape
from typing import TYPE_CHECKING

import httpx

from releasio.errors.index.answers import IndexUnreachable
from releasio.rules.credentials.secret import Secret, redact
from releasio.rules.index.error_answer import is_lasting, sentence
from releasio.world.http.bounded import EndlessAnswer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from releasio.world.screen import Screen

TRIES = 5
_HOPS = 10
_FIRST_PAUSE = 1.0  # seconds; doubled with each try
_TOLD = 1 << 16  # characters of an answer; looking for secrets in more would take long
LONGEST_PAUSE = 120.0  # asked to wait longer than this we stop and say so
SHORTEST_TRY = 15.0  # seconds a service has to answer, however little time is left
_DAY = 86400.0  # seconds
_SERVER_ERROR = 500
_PASSING = {408, 429}


@dataclass(frozen=True)
class Requester:
    """
    Sends requests, and asks again where that may help.

    Attributes:
        client: Does the sending; has time-outs.
        clock: Returns the present moment, aware.
        sleep: Waits a number of seconds.
        screen: Hears of every pause.
        until: No pause goes past it, and no request waits longer than until then for a byte,
            or `SHORTEST_TRY` if that is more; `None`: five tries may take what they take.
        silent: When and how services used up our patience; they are asked once until they
            answer, and not again after one of them did so past `until`.
    """

    client: httpx.Client
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    screen: Screen
    until: datetime | None = None
    silent: dict[str, tuple[datetime, IndexUnreachable]] = field(default_factory=dict)

    def send(
        self,
        make: Callable[[], httpx.Request],
        *,
        service: str,
        take: Callable[[httpx.Response], object] | None = None,
    ) -> httpx.Response:
        """
        Send what *make* returns, made anew for each try, and return the answer.

        Tried again after transport errors, 408, 429 and 5xx, and nothing else:
        so the request must be one that may arrive twice.

        Args:
            make: Makes the request.
            service: Who answers, for people.
            take: Reads a good answer as it comes, from its beginning each time it is
                called; redirects are followed then. `None`: it is read as a whole.

        Raises:
            IndexUnreachable: The last try failed too, no time is left for another one,
                or *service* asks for more patience than we have.
        """
        tries = self._tries(service)
        for attempt in range(1, tries + 1):
            try:
                response = self._once(self._with_deadline(make()), take)
            except (httpx.InvalidURL, UnicodeError) as error:
                problem = f"an address of it is none ({error})"
                raise IndexUnreachable(service, problem, tries=1) from None
            except httpx.RequestError as error:
                problem, delay = describe(error), None
                if not may_pass(error) or attempt == tries or self.late(attempt):
                    remedy = _remedy(error)
                    failure = IndexUnreachable(service, problem, tries=attempt, hint=remedy)
                    raise self._record_failure(failure, service) from error
            else:
                if not passing(response.status_code) or (take is None and _is_lasting(response)):
                    self.silent.pop(service, None)
                    return response
                problem, delay = f"it answered {response.status_code}", self.wanted(response)
                if attempt == tries or self.late(attempt, delay):
                    message = with_wait(problem, delay)
                    failure = IndexUnreachable(service, message, tries=attempt)
                    raise self._record_failure(failure, service)
            self.pause(service, problem, attempt, delay)
        msg = "the last try returns or raises"
        raise AssertionError(msg)

    def _tries(self, service: str) -> int:
        """Return how often *service* is asked; raise what it said if that was the last time."""
        if service not in self.silent:
            return TRIES
        given_up_at, error = self.silent[service]
        if self.until is not None and given_up_at >= self.until:
            raise error
        return 1

    def _record_failure(self, error: IndexUnreachable, service: str) -> IndexUnreachable:
        self.silent[service] = self.clock(), error
        return error

    def _with_deadline(self, request: httpx.Request) -> httpx.Request:
        """Let *request* wait for no byte longer than there is time."""
        if self.until is not None:
            seconds_left = max((self.until - self.clock()).total_seconds(), SHORTEST_TRY)
            timeouts = {
                name: min(timeout or seconds_left, seconds_left)
                for name, timeout in request.extensions.get("timeout", {}).items()
            }
            request.extensions = {**request.extensions, "timeout": timeouts, "total": seconds_left}
        return request

    def _once(
        self, request: httpx.Request, take: Callable[[httpx.Response], object] | None
    ) -> httpx.Response:
        if take is None:
            return self.client.send(request)
        for _ in range(_HOPS):
            with closing(self.client.send(request, stream=True)) as response:
                next_request = response.next_request
                if next_request is None:
                    if response.is_success:
                        take(response)
                    return response
            # httpx takes care that no other host gets a login
            if request.url.scheme == "https" != next_request.url.scheme:
                message = "it sends on from https to http"
                raise httpx.UnsupportedProtocol(message, request=request)
            request = next_request
        msg = ""
        raise httpx.TooManyRedirects(msg, request=request)

    def late(self, attempt: int, delay: float | None = None) -> bool:
        """Tell whether the pause after *attempt* would be longer than anybody waits."""
        seconds = delay if delay is not None else _FIRST_PAUSE * 2 ** (attempt - 1)
        # first, for no calendar goes as far as an answer can ask for
        if seconds > LONGEST_PAUSE:
            return True
        return self.until is not None and self.clock() + timedelta(seconds=seconds) > self.until

    def pause(self, service: str, problem: str, attempt: int, delay: float | None = None) -> None:
        """Say what went wrong and wait: *delay* seconds, or longer with each *attempt*."""
        # jitter, so that the jobs of a matrix do not come back all at once
        spread = random.uniform(0.5, 1.0)  # noqa: S311 -- nothing secret about a pause
        seconds = delay if delay is not None else _FIRST_PAUSE * 2 ** (attempt - 1) * spread
        self.screen.note(f"{service}: {problem}; trying again in {seconds:.0f} s")
        self.sleep(seconds)

    def wanted(self, response: httpx.Response) -> float | None:
        """Return the seconds that `Retry-After` asks for, from either of its two forms."""
        text = response.headers.get("Retry-After", "").strip()
        if text.isascii() and text.isdigit():
            return float(text)
        try:
            moment = parsedate_to_datetime(text)
            return max(0.0, (moment - self.clock()).total_seconds())
        except (TypeError, ValueError, OverflowError):
            return None


def passing(status: int) -> bool:
    """Tell whether an answer of *status* may be another one in a moment."""
    return status in _PASSING or status >= _SERVER_ERROR


def _is_lasting(response: httpx.Response) -> bool:
    return is_lasting(response.status_code, told(response))


def begin_of(response: httpx.Response) -> str:
    """Return as much of an answer's text as anything is read from that is shown to somebody."""
    return response.text[:_TOLD]


def told(response: httpx.Response, secrets: Sequence[Secret] = ()) -> str:
    """Return the sentence in an error answer, without the *secrets* it may echo."""
    kind = response.headers.get("Content-Type", "")
    # before the sentence is made, for it is shortened; and after, for it resolves escapes
    all_secrets = [*secrets, *(Secret(escape(secret.reveal())) for secret in secrets)]
    reason = redact(response.reason_phrase, all_secrets)
    body = redact(begin_of(response), all_secrets)
    return redact(sentence(response.status_code, reason, kind, body), all_secrets)


def describe(error: httpx.RequestError) -> str:
    """Return what happened in a few words; httpx leaves some of its errors without any."""
    descriptions = {
        httpx.ConnectTimeout: "no connection within the time allowed",
        httpx.ReadTimeout: "no answer within the time allowed",
        httpx.WriteTimeout: "it stopped taking data",
        httpx.RemoteProtocolError: "the connection was closed in the middle",
        httpx.ReadError: "the connection broke while reading the answer",
        httpx.WriteError: "the connection broke while sending",
        httpx.DecodingError: "the answer is not compressed as it says",
        httpx.TooManyRedirects: "it redirects without end",
    }
    if isinstance(error, EndlessAnswer):
        return str(error)
    description = descriptions.get(type(error)) or type(error).__name__
    return f"{description} ({error})" if str(error) else description


def may_pass(error: httpx.RequestError) -> bool:
    """Tell whether asking again may help."""
    return "CERTIFICATE_VERIFY_FAILED" not in str(error) and not isinstance(
        error, httpx.UnsupportedProtocol | httpx.TooManyRedirects | EndlessAnswer
    )


def _remedy(error: httpx.RequestError) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return "Set SSL_CERT_FILE to the certificates that this network trusts."
    if isinstance(error, httpx.ProxyError):
        return "Check HTTPS_PROXY, or name the host in NO_PROXY."
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return (
            "Check the network, and HTTPS_PROXY if it has a proxy; then run the same command again."
        )
    return ""


def with_wait(problem: str, delay: float | None) -> str:
    """Return *problem* with the seconds that were asked for."""
    if not delay:
        return problem
    long = "more than a day" if delay > _DAY else f"{delay:.0f} s"
    return f"{problem} and asks to wait {long}"
