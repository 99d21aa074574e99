"""The read side of a package index: a project's page, and its files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urljoin

from packaging.utils import canonicalize_name

from releasio.errors.index.answers import DownloadDiffers, GarbledAnswer, IndexRefused
from releasio.rules.credentials.secret import redact
from releasio.rules.index.error_answer import beginning, is_for_people
from releasio.rules.index.simple import (
    ACTIVE,
    IndexFile,
    Standing,
    of_version,
    parse_html,
    parse_json,
    standing_in_html,
    standing_in_json,
)
from releasio.text.json_text import read_json
from releasio.world.http.bounded import pieces
from releasio.world.http.requester import begin_of, told
from releasio.world.index.logins import authorization, origin
from releasio.world.plain_file import new_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path
    from typing import BinaryIO

    import httpx

    from releasio.rules.index.registry import Registry
    from releasio.world.http.requester import Requester
    from releasio.world.index.logins import Logins

_KINDS = (
    "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, "
    "text/html;q=0.1"
)
_FRESH = {"Accept": _KINDS, "Cache-Control": "no-cache"}
_PROVENANCE = "application/vnd.pypi.integrity.v1+json, application/json;q=0.5"
_HOPS = 5
_LARGEST = 4 << 30  # bytes of a file whose index does not tell how many it has
_NOW, _MOMENT = timedelta(0), timedelta(seconds=10)
_ARCHIVES = (".whl", ".tar.gz", ".zip", ".egg")


class _Page(NamedTuple):
    """What a project's page says."""

    files: tuple[IndexFile, ...]
    standing: Standing


@dataclass(frozen=True)
class Pages:
    """
    What installers read of *registry*, asked for past all caches.

    What was read a moment ago is not asked for again: every step of a plan asks what
    is there, and nobody but us changes it in between.
    """

    registry: Registry
    requester: Requester
    logins: Logins
    must_read: bool = True
    _refusals: list[str] = field(default_factory=list)
    _read: dict[str, tuple[datetime, _Page | None]] = field(default_factory=dict)
    _hashes: dict[str, str] = field(default_factory=dict)  # of files, which never change

    def files(
        self, project: str, version: str | None, *, fresh: bool = False
    ) -> tuple[IndexFile, ...] | None:
        """Do what `Index.files` says; *fresh*: ask, whatever was read before."""
        page = self._recent_page(project, fresh=fresh)
        return None if page is None else of_version(page.files, project, version)

    def standing(self, project: str) -> Standing:
        """Do what `Index.standing` says."""
        page = self._recent_page(project)
        return ACTIVE if page is None else page.standing

    def _recent_page(self, project: str, *, fresh: bool = False) -> _Page | None:
        if self.registry.index is None:
            return None
        url = urljoin(self.registry.index, f"{quote(canonicalize_name(project))}/")
        moment, page = self._read.get(url, (None, None))
        # a clock that somebody sets back makes no page young again
        if fresh or moment is None or not _NOW <= self.requester.clock() - moment < _MOMENT:
            page = self._ask(url, fresh=fresh)
            self._read[url] = self.requester.clock(), page
        return page

    @property
    def is_closed(self) -> bool:
        """Do what `Index.is_closed` says."""
        return bool(self._refusals)

    def _ask(self, url: str, *, fresh: bool) -> _Page | None:
        try:
            response = self._page(url)
            return None if response is None else self._parsed_page(response)
        except (IndexRefused, GarbledAnswer) as error:
            if self.must_read or fresh:
                raise
            if not self._refusals:
                self.requester.screen.note(
                    f"{error}. What {self.registry.name} has is not known; it goes on without, "
                    "for publish.check_existing_version = false"
                )
            self._refusals.append(str(error))
            return None

    def forget(self) -> None:
        """Ask for pages again from now on: something was uploaded."""
        self._read.clear()

    def sha256_of(self, file: IndexFile) -> str:
        """Do what `Index.sha256_of` says."""
        if file.sha256 is None and file.url not in self._hashes:
            self._hashes[file.url] = self._fetch(file)
        return file.sha256 or self._hashes[file.url]

    def download(self, file: IndexFile, path: Path) -> None:
        """Do what `Index.download` says."""
        unfinished, target = new_file(path.parent)
        try:
            with target:
                sha256 = self._fetch(file, target)
            if file.sha256 and file.sha256 != sha256:
                registry = self.registry.name
                raise DownloadDiffers(file.name, registry, promised=file.sha256, found=sha256)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)

    def provenance(self, file: IndexFile) -> object:
        """Do what `Index.provenance` says."""
        if file.provenance is None:
            return None
        headers = {"Accept": _PROVENANCE, "Cache-Control": "no-cache"}
        response = self._get(file.provenance, headers)
        if response.status_code == HTTPStatus.NOT_FOUND:
            return None
        if not response.is_success:
            raise self._refusal(file.provenance, response)
        try:
            return read_json(response.content)
        except ValueError:
            raise self._garbled_answer(file.provenance, response) from None

    def _page(self, url: str) -> httpx.Response | None:
        for _hop in range(_HOPS):
            response = self._get(url, _FRESH)
            if response.is_redirect:
                target = urljoin(url, response.headers.get("Location", ""))
                if origin(target) not in {None, origin(url)}:
                    return None
                url = target
                continue
            if response.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
                return None
            if not response.is_success:
                raise self._refusal(url, response)
            return response
        raise IndexRefused(url, HTTPStatus.LOOP_DETECTED, "it redirects without end")

    def _fetch(self, file: IndexFile, target: BinaryIO | None = None) -> str:
        """Write the file's bytes to *target* as they come; return their hash."""
        sha256 = ""

        def take(response: httpx.Response) -> None:
            nonlocal sha256
            hasher = hashlib.sha256()
            if target is not None:
                target.seek(0)
                target.truncate()
            for chunk in pieces(response, _LARGEST if file.size is None else file.size):
                hasher.update(chunk)
                if target is not None:
                    target.write(chunk)
            sha256 = hasher.hexdigest()

        # some servers call a .tar.gz a gzipped .tar: the bytes are wanted as they are
        headers = {"Accept-Encoding": "identity"}
        response = self._get(file.url, headers, take)
        if not response.is_success:
            problem = "it does not give the file"
            raise IndexRefused(file.url, response.status_code, problem, tried=self.logins.tried)
        return sha256

    def _get(
        self,
        url: str,
        headers: dict[str, str],
        take: Callable[[httpx.Response], object] | None = None,
    ) -> httpx.Response:
        """Ask for *url*; again with what the index may want to see, if it needs a login."""
        while True:
            login = self.logins.held(url)
            all_headers = {**headers, **authorization(login)}
            make = partial(self.requester.client.build_request, "GET", url, headers=all_headers)
            response = self.requester.send(make, service=self.registry.name, take=take)
            if not self.logins.another(url, response.status_code, login):
                return response

    def _refusal(self, url: str, response: httpx.Response) -> IndexRefused:
        message = told(response, self.logins.secrets)
        return IndexRefused(url, response.status_code, message, tried=self.logins.tried)

    def _parsed_page(self, response: httpx.Response) -> _Page:
        url, kind = str(response.url), response.headers.get("Content-Type", "")
        try:
            if "json" in kind:
                page = read_json(response.content)
                return _Page(parse_json(page, url), standing_in_json(page))
            if "html" in kind:
                files = parse_html(response.text, url)
                has_archives = any(file.name.endswith(_ARCHIVES) for file in files)
                if has_archives or not is_for_people(kind, response.text):
                    return _Page(files, standing_in_html(response.text))
        except (ValueError, AttributeError):
            pass
        raise self._garbled_answer(url, response)

    def _garbled_answer(self, url: str, response: httpx.Response) -> GarbledAnswer:
        """Quote an answer that makes no sense; the request may have had a login, and be echoed."""
        excerpt = beginning(redact(begin_of(response), self.logins.secrets))
        return GarbledAnswer(url, response.status_code, excerpt)
