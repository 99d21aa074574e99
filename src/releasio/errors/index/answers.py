"""What an index answers, and why it may not be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, NO_ANSWER, NO_CREDENTIAL, USAGE, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from dataclasses import KW_ONLY
    from typing import Self

_UNAUTHORIZED = 401
_READABLE = "Check the registry's `index`; it must be readable from here."
_LOGIN = (
    "Keep a login for that host in ~/.netrc or the keyring, or give the registry's own credential "
    "if it is for reading, too. To go on without reading: publish.check_existing_version = false."
)


class IndexUnreachable(ReleasioError):
    """
    The index, or the CI's identity service, did not answer after several tries.

    Nothing is lost. A release that was under way is finished by running the same
    command again; any other command just begins anew.
    """

    exit_code = NO_ANSWER
    message = "{service} gave no usable answer{tries:// after %d tries}: {problem}"
    service: str
    problem: str
    _: KW_ONLY
    tries: int
    hint: str = "Run the same command again in a while."


class GarbledAnswer(ReleasioError):
    """
    The answer is not what an index sends.

    Something between you and the index answered in its place (a proxy, a login
    page, an outage page), or the URL is not that of an index.
    """

    exit_code = NO_ANSWER
    message = "{url} answered {status} with something that is not the index's: {beginning!r}"
    hint = """
        Look for a proxy or login page between this machine and the index, and check the registry's
        URL."""
    url: str
    status: int
    beginning: str


class IndexRefused(ReleasioError):
    """
    The index did not show the project's files.

    Without them nothing can be said about what is on the index already. Pages that need a
    login are read with the credential of the uploads, where they are on the same host, or
    with what `.netrc` and the keyring keep for the pages' own host. Where nobody may read
    them, `publish.check_existing_version = false` goes on without.
    """

    message = "{url} answered {status}: {sentence}"
    hint = "{remedy}"
    url: str
    status: int
    sentence: str
    tried: Sequence[str] = ()

    @property
    def remedy(self) -> str:
        """How to be let in, or what to check where nobody asks who reads."""
        if self.tried:
            return f"{_LOGIN} It did not take what these hold: {', '.join(self.tried)}."
        return _LOGIN if self.status == _UNAUTHORIZED else _READABLE


class RedirectRefused(ReleasioError):
    """
    The index sent the upload to another URL.

    Following would hand the credential to an address you did not choose.
    """

    exit_code = USAGE
    message = "{url} sends uploads on to {target}"
    hint = "{slash}If that is right, make it the registry's url."
    url: str
    target: str

    @property
    def slash(self) -> str:
        """Whether that is all that differs."""
        return "Only the final slash is missing. " if self.target == f"{self.url}/" else ""


class UploadRefused(ReleasioError):
    """
    The index refused a file, for the reason it gives.

    Files that were uploaded before it stay there; after the cause is removed,
    running the same command again uploads the rest.
    """

    message = "{registry} refused {names://%d files, }{names:listed} ({status}): {sentence}"
    names: Sequence[str]
    registry: str
    status: int
    sentence: str
    hint: str
    _: KW_ONLY
    lasting: bool
    anothers: bool

    def of_all(self, names: Sequence[str]) -> Self:
        """Return the same refusal of the files *names*."""
        said = (self.registry, self.status, self.sentence, self.hint)
        return type(self)(names, *said, lasting=self.lasting, anothers=self.anothers)


class UploadForbidden(UploadRefused):
    """
    The index took the request but not the credential.

    It is wrong, expired, of another index, or may not upload to this project.
    """

    exit_code = NO_CREDENTIAL


def told_once(problems: Iterable[ReleasioError]) -> Sequence[ReleasioError]:
    """
    Return the *problems* of several files without repetition, in their order.

    What an index says of many files in the same words, as when a token ends in the middle,
    is one refusal of them all; what names no file at all is said once.
    """
    refused: dict[object, list[str]] = {}
    every: dict[object, ReleasioError] = {}
    for problem in problems:
        if isinstance(problem, UploadRefused):
            same = (
                type(problem),
                problem.registry,
                problem.status,
                problem.sentence,
                problem.hint,
            )
            refused.setdefault(same, []).extend(problem.names)
            every[same] = problem.of_all(refused[same])
        else:
            every.setdefault((problem.code, str(problem)), problem)
    return tuple(every.values())


class DistributionChanged(ReleasioError):
    """
    A file is not the one that was checked.

    Its bytes changed before the upload was through, which was broken off
    before the index could store it.
    """

    exit_code = DISAGREES
    message = "{name} has sha256 {found}, but had {checked} when it was checked"
    hint = """
        Something here changed it meanwhile. Run again: what releasio built it builds anew. A file
        that you gave is checked anew; get it again from where it was built."""
    name: str
    _: KW_ONLY
    checked: str
    found: str


class DownloadDiffers(ReleasioError):
    """
    A file of an index arrived with other bytes than the index says it has.

    A proxy or a mirror between changed it, or the index contradicts itself. Nothing of it
    was kept.
    """

    exit_code = DISAGREES
    message = "{name} of {registry} arrived with sha256 {found}, but its page says {promised}"
    hint = "Run again. If it stays so, look at what is between: a proxy, a mirror, its cache."
    name: str
    registry: str
    _: KW_ONLY
    promised: str
    found: str


class DistributionUnreadable(ReleasioError):
    """
    A distribution file's metadata cannot be read.

    The index would refuse it as well.
    """

    message = "the metadata of {name} cannot be read: {problem}"
    hint = "Build it again; if it stays so, look at [project] in pyproject.toml."
    name: str
    problem: str


class ProxyUnusable(ReleasioError):
    """
    A proxy setting of the environment cannot be used.

    `HTTPS_PROXY`, `HTTP_PROXY` and `ALL_PROXY` name a proxy, `NO_PROXY` the hosts
    that need none. Their values may hold a password, so they are not shown.
    """

    exit_code = USAGE
    message = "{variable} {problem}"
    variable: str
    problem: str
    _: KW_ONLY
    hint: str = """
        Write {variable} as http://HOST:PORT (in a password, @ : and / as %40 %3A %2F), or take it
        out of the environment."""


class CertificatesUnusable(ReleasioError):
    """
    The certificates to check servers with cannot be read.

    `SSL_CERT_FILE`, `SSL_CERT_DIR` and `REQUESTS_CA_BUNDLE` replace the usual
    ones. Without any certificate no server could be trusted.
    """

    exit_code = USAGE
    message = "{variable} is {place}, which {problem}"
    hint = "Point {variable} to certificates in PEM form, or take it out of the environment."
    variable: str
    place: str
    problem: str
