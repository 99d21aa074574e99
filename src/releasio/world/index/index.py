"""A package index, as we use it: trusted publishing, what is there, upload, and looking again."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.errors.index.answers import IndexRefused
from releasio.rules.index.visibility import Visibility, compare
from releasio.world.http.requester import Requester
from releasio.world.index.logins import Logins
from releasio.world.index.pages import Pages
from releasio.world.index.sending import Sending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    import httpx

    from releasio.rules.credentials.credential import Authority, Credential
    from releasio.rules.credentials.secret import Secret
    from releasio.rules.distribution.verdict import Verdict
    from releasio.rules.index.registry import Registry
    from releasio.rules.index.simple import IndexFile, Standing
    from releasio.world.index.minting import Mint, Minted
    from releasio.world.screen import Screen

_LONGEST_PAUSE = 30.0  # seconds between two looks


class Index:
    """
    The client of one package index.

    Args:
        registry: Which one.
        client: Talks to it; does not follow redirects by itself.
        clock: Returns the present moment, aware.
        sleep: Waits a number of seconds.
        screen: Hears of pauses and progress, and of secrets to hide.
        logins: Gives what its pages may be read with, should they need a login.
        must_read: Whether it is an error when they cannot be read; if not, it has nothing.
    """

    def __init__(
        self,
        registry: Registry,
        client: httpx.Client,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None],
        screen: Screen,
        logins: Callable[[], Iterable[Credential]] = lambda: (),
        must_read: bool = True,
    ) -> None:
        self.registry = registry
        self.requester = Requester(client, clock, sleep, screen)
        self._logins = Logins(registry, logins)
        self._pages = Pages(registry, self.requester, self._logins, must_read=must_read)
        self._has: dict[str, bool] = {}

    def close(self) -> None:
        """Close the connections."""
        self.requester.client.close()

    def read_with(self, credential: Credential) -> None:
        """Read the pages with the *credential* of the uploads; see `Logins.read_with`."""
        self._logins.read_with(credential)

    def hurry(self, until: datetime) -> None:
        """Let no pause before another try go past *until*, and no request wait much longer."""
        self.requester = replace(self.requester, until=until)
        self._pages = replace(self._pages, requester=self.requester)

    def audience(self) -> str:
        """Return the audience that an identity for this index must have; see `Mint.audience`."""
        return self._minting().audience()

    def mint(self, identity: Callable[[], Secret], project: str) -> Minted:
        """Trade a fresh identity for an upload token; see `Mint.mint`."""
        return self._minting(project).mint(identity)

    def give_back(self, token: Secret) -> None:
        """Have the index forget a minted *token*; where it cannot, that is no failure."""
        problem = self._minting().burn(token)
        name = self.registry.name
        outcome = f"{name} has forgotten it"
        if problem:
            outcome = f"{name} did not take it back: {problem}"
        self.requester.screen.line(f"the minted token is not needed any more; {outcome}")

    def _minting(self, project: str = "the project") -> Mint:
        from releasio.world.index.minting import Mint  # where a token is given, nobody mints one

        return Mint(self.registry, self.requester, project, self.has(project))

    def has(self, project: str) -> bool | None:
        """Tell whether *project* was there when its files were looked for; `None`: nobody did."""
        return self._has.get(project)

    def files(self, project: str, version: str | None = None) -> tuple[IndexFile, ...] | None:
        """
        Return the files of *project*, or of one *version* of it.

        `None`: the index does not have the project, or we know no page to ask.
        An index that sends on to another host for it (as pypiserver does) does
        not have it either. What was read seconds ago, and before no upload of
        ours, is not asked for again.

        Raises:
            IndexRefused: The index does not let us look.
            GarbledAnswer: Something else than an index answered.
            IndexUnreachable: Nobody did.
        """
        files = self._pages.files(project, version)
        if self.registry.index is not None:
            self._has[project] = files is not None
        return files

    @property
    def is_closed(self) -> bool:
        """Whether its pages could not be read, and need not be."""
        return self._pages.is_closed

    def standing(self, project: str) -> Standing:
        """
        Return how *project* stands with the index; active where nothing else is known.

        Raises:
            The same as `files`.
        """
        return self._pages.standing(project)

    def sha256_of(self, file: IndexFile) -> str:
        """
        Return the hash the index tells for *file*; if it tells none, that of its bytes.

        Raises:
            IndexRefused: The file cannot be downloaded.
            IndexUnreachable: The index did not answer.
        """
        return self._pages.sha256_of(file)

    def download(self, file: IndexFile, path: Path) -> None:
        """
        Store *file* at *path*, whole and with the hash the index tells, or not at all.

        Raises:
            DownloadDiffers: Other bytes arrived than the index promised.
            IndexRefused: The file cannot be downloaded.
            IndexUnreachable: The index did not answer.
        """
        self._pages.download(file, path)

    def provenance(self, file: IndexFile) -> object:
        """
        Return who published *file*, as the index tells it in JSON (PEP 740); `None`: it does not.

        Raises:
            IndexRefused: The index does not show it.
            GarbledAnswer: Something else than an index answered.
            IndexUnreachable: Nobody did.
        """
        return self._pages.provenance(file)

    def ask(
        self, fields: Sequence[tuple[str, str]], credential: Credential, *, sha256: str
    ) -> Verdict:
        """
        Ask whether an upload of these *fields* would be taken; one request, nothing is stored.

        Args:
            fields: A distribution's metadata, from `upload_fields`.
            credential: What it would be uploaded with.
            sha256: Of the distribution, hexadecimal.
        """
        if not self.registry.takes_questions:
            msg = f"{self.registry.name} might store what it is asked with"
            raise RuntimeError(msg)
        from releasio.world.index.question import Question

        return Question(self.registry, self.requester, fields, sha256, credential).ask()

    def upload(
        self,
        path: Path,
        fields: Sequence[tuple[str, str]],
        authority: Authority,
        *,
        sha256: str,
        go_on: Callable[[], None] = lambda: None,
        handed_over: Callable[[], None] = lambda: None,
    ) -> None:
        """
        Upload the distribution at *path*, streamed; return when the index has stored it.

        Sending the same bytes twice is harmless, so it is tried again after
        everything that may pass. A refusal because the file is there already
        is success if it is the same file.

        Args:
            path: The distribution.
            fields: Its metadata, from `upload_fields`.
            authority: Gives what authorises the upload, anew for each try: tokens may be
                shorter-lived than the patience with a slow index.
            sha256: What it had when it was checked, hexadecimal.
            go_on: Called now and then; may raise to give up in the middle.
            handed_over: Called when all of it was sent: the index may store it from then on,
                whatever becomes of the answer.

        Raises:
            DistributionChanged: The file is another by now; nothing was stored.
            FileDiffers: The index has a file of this name with other bytes.
            UploadForbidden: The index does not take the credential.
            UploadRefused: It does not take the file.
            RedirectRefused: It points elsewhere.
            GarbledAnswer: A login page or the like took its place.
            IndexUnreachable: It did not answer.
        """
        try:
            Sending(self._pages, path, fields, authority, sha256, go_on, handed_over).send()
        finally:
            self._pages.forget()

    def wait_until_visible(
        self, project: str, version: str, expected: Mapping[str, str], timeout: float
    ) -> Visibility:
        """
        Look until installers see *expected* (name to sha256), *timeout* seconds at the most.

        Ends early when something is there with another hash, or a login is missing. Trouble on the
        way is not raised but told in the result: the upload was confirmed.
        """
        began, seconds_slept, pause = self.requester.clock(), 0.0, 1.0
        while True:
            visibility = self._visibility(project, version, expected)
            elapsed = (self.requester.clock() - began).total_seconds()
            # a clock that somebody sets back must not make this endless
            seconds_left = timeout - max(elapsed, seconds_slept)
            is_settled = visibility.complete or visibility.different or visibility.lasting
            if is_settled or seconds_left <= 0:
                return visibility
            nap = min(pause, seconds_left)
            self.requester.sleep(nap)
            seconds_slept += nap
            pause = min(pause * 2, _LONGEST_PAUSE)

    def _visibility(self, project: str, version: str, expected: Mapping[str, str]) -> Visibility:
        try:
            files = self._pages.files(project, version, fresh=True) or ()
            # files nobody waits for are not worth a download
            hashes = {f.name: self.sha256_of(f) if f.name in expected else "" for f in files}
        except ReleasioError as error:
            is_closed = isinstance(error, IndexRefused) and error.status == HTTPStatus.UNAUTHORIZED
            return compare(expected, {}, trouble=str(error), lasting=is_closed)
        return compare(expected, hashes)
