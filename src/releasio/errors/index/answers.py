"""What an index answers, and why it may not be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, NO_ANSWER, NO_CREDENTIAL, USAGE, ReleasioError
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class IndexUnreachable(ReleasioError):
    """
    The index, or the CI's identity service, did not answer after several tries.

    Nothing is lost. A release that was under way is finished by running the same
    command again; any other command just begins anew.
    """

    code = "index-unreachable"
    exit_code = NO_ANSWER

    def __init__(self, service: str, problem: str, *, tries: int, remedy: str = "") -> None:
        times = f" after {tries} tries" if tries > 1 else ""
        super().__init__(
            f"{service} gave no usable answer{times}: {problem}",
            hint=remedy or "Run the same command again in a while.",
        )


class GarbledAnswer(ReleasioError):
    """
    The answer is not what an index sends.

    Something between you and the index answered in its place (a proxy, a login
    page, an outage page), or the URL is not that of an index.
    """

    code = "garbled-answer"
    exit_code = NO_ANSWER

    def __init__(self, url: str, status: int, beginning: str) -> None:
        super().__init__(
            f"{url} answered {status} with something that is not the index's: {beginning!r}",
            hint="Look for a proxy or login page between this machine and the index, and check the "
            "registry's URL.",
        )


class IndexRefused(ReleasioError):
    """
    The index did not show the project's files.

    Without them nothing can be said about what is on the index already. Pages that need a
    login are read with the credential of the uploads, where they are on the same host, or
    with what `.netrc` and the keyring keep for the pages' own host. Where nobody may read
    them, `publish.check_existing_version = false` goes on without.
    """

    code = "index-refused"

    def __init__(self, url: str, status: int, sentence: str, tried: Sequence[str] = ()) -> None:
        self.status = status
        told = f" It did not take what these hold: {', '.join(tried)}." if tried else ""
        super().__init__(
            f"{url} answered {status}: {sentence}",
            hint=f"{_LOGIN}{told}" if tried or status == _UNAUTHORIZED else _READABLE,
        )


_UNAUTHORIZED = 401
_READABLE = "Check the registry's `index`; it must be readable from here."
_LOGIN = (
    "Keep a login for that host in ~/.netrc or the keyring, or give the registry's own credential "
    "if it is for reading, too. To go on without reading: publish.check_existing_version = false."
)


class RedirectRefused(ReleasioError):
    """
    The index sent the upload to another URL.

    Following would hand the credential to an address you did not choose.
    """

    code = "redirect-refused"
    exit_code = USAGE

    def __init__(self, url: str, target: str) -> None:
        slash = "Only the final slash is missing. " if target == f"{url}/" else ""
        super().__init__(
            f"{url} sends uploads on to {target}",
            hint=f"{slash}If that is right, make it the registry's url.",
        )


class UploadRefused(ReleasioError):
    """
    The index refused a file, for the reason it gives.

    Files that were uploaded before it stay there; after the cause is removed,
    running the same command again uploads the rest.
    """

    code = "upload-refused"

    def __init__(
        self, names: str | Sequence[str], registry: str, status: int, sentence: str, remedy: str
    ) -> None:
        self.names = (names,) if isinstance(names, str) else tuple(names)
        self.said = (registry, status, sentence, remedy)
        number = f"{len(self.names)} files, " if self.names[1:] else ""
        super().__init__(
            f"{registry} refused {number}{listed(self.names)} ({status}): {sentence}",
            hint=remedy,
        )

    @property
    def lasting(self) -> bool:
        """Whether the index will never take the file."""
        from releasio.rules.index.error_answer import is_about_name, is_final  # noqa: PLC0415 -- rare

        return is_final(self.said[2]) or is_about_name(self.said[2])

    @property
    def anothers(self) -> bool:
        """Whether it refused because a project of this name is not the uploader's."""
        from releasio.rules.index.error_answer import is_anothers  # noqa: PLC0415 -- rare

        return is_anothers(self.said[2])


class UploadForbidden(UploadRefused):
    """
    The index took the request but not the credential.

    It is wrong, expired, of another index, or may not upload to this project.
    """

    code = "upload-forbidden"
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
            same = type(problem), problem.said
            refused.setdefault(same, []).extend(problem.names)
            every[same] = type(problem)(refused[same], *problem.said)
        else:
            every.setdefault((problem.code, str(problem)), problem)
    return tuple(every.values())


class DistributionChanged(ReleasioError):
    """
    A built file is not the one that was recorded.

    Its bytes changed between the build and the upload, which was broken off
    before the index could store it.
    """

    code = "distribution-changed"
    exit_code = DISAGREES

    def __init__(self, name: str, *, recorded: str, found: str) -> None:
        super().__init__(
            f"{name} has sha256 {found}, but {recorded} was recorded when it was built",
            hint="Build again: releasio build",
        )


class DistributionUnreadable(ReleasioError):
    """
    A distribution file's metadata cannot be read.

    The index would refuse it as well.
    """

    code = "distribution-unreadable"

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(
            f"the metadata of {name} cannot be read: {problem}",
            hint="Build it again; if it stays so, look at [project] in pyproject.toml.",
        )


class ProxyUnusable(ReleasioError):
    """
    A proxy setting of the environment cannot be used.

    `HTTPS_PROXY`, `HTTP_PROXY` and `ALL_PROXY` name a proxy, `NO_PROXY` the hosts
    that need none. Their values may hold a password, so they are not shown.
    """

    code = "proxy-unusable"
    exit_code = USAGE

    def __init__(self, variable: str, problem: str, *, remedy: str = "") -> None:
        super().__init__(
            f"{variable} {problem}",
            hint=remedy
            or f"Write {variable} as http://HOST:PORT (in a password, @ : and / as %40 %3A %2F), "
            "or take it out of the environment.",
        )


class CertificatesUnusable(ReleasioError):
    """
    The certificates to check servers with cannot be read.

    `SSL_CERT_FILE`, `SSL_CERT_DIR` and `REQUESTS_CA_BUNDLE` replace the usual
    ones. Without any certificate no server could be trusted.
    """

    code = "certificates-unusable"
    exit_code = USAGE

    def __init__(self, variable: str, place: str, problem: str) -> None:
        super().__init__(
            f"{variable} is {place}, which {problem}",
            hint=f"Point {variable} to certificates in PEM form, or take it out of the "
            "environment.",
        )
