"""The write side of a package index: one file, streamed, as often as it takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import httpx

from releasio.errors.auth.attestation import AttestationRefused
from releasio.errors.base import ReleasioError
from releasio.errors.index.answers import (
    GarbledAnswer,
    RedirectRefused,
    UploadForbidden,
    UploadRefused,
)
from releasio.errors.index.release import FileDiffers
from releasio.rules.credentials.secret import redact
from releasio.rules.index.advice import command_after, going_on
from releasio.rules.index.error_answer import (
    beginning,
    is_about_attestations,
    is_about_name,
    is_anothers,
    is_closed,
    is_expired,
    is_final,
    is_for_people,
    is_in_the_way,
    is_taken,
    remedy,
)
from releasio.rules.index.remedies import ELSEWHERE
from releasio.world.http.requester import begin_of, told
from releasio.world.index.logins import authorization, basic
from releasio.world.index.multipart import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from releasio.rules.credentials.credential import Authority, Credential
    from releasio.rules.credentials.secret import Secret
    from releasio.rules.index.simple import IndexFile
    from releasio.world.index.pages import Pages

# an index that is not asked for one of these answers in HTML, without its sentence
ERRORS = "application/json;q=0.9, text/plain;q=0.8, text/html;q=0.7"
_STORING = 300.0  # seconds an index may take to look through a large file before it answers
# seconds between looks for a file that another upload may just be storing
_LOOKS = (1.0, 2.0, 4.0, 8.0)
ACTION = ((":action", "file_upload"), ("protocol_version", "1"))


@dataclass
class Sending:
    """
    One distribution on its way.

    Attributes:
        pages: The index, and what it has.
        path: The distribution.
        fields: Its metadata.
        authority: Gives what authorises the upload, for each try.
        sha256: What it had when it was checked.
        go_on: Raises when nobody wants the upload any more.
        handed_over: Hears that all of it was sent.
    """

    pages: Pages
    path: Path
    fields: Sequence[tuple[str, str]]
    authority: Authority
    sha256: str
    go_on: Callable[[], None]
    handed_over: Callable[[], None]
    _shown: list[Credential] = field(default_factory=list, init=False)

    def send(self) -> None:
        """Do what `Index.upload` says."""
        registry = self.pages.registry
        response = self._post(None)
        is_refused = response.status_code == HTTPStatus.FORBIDDEN
        if is_refused and is_expired(response.status_code, told(response, self._secrets())):
            response = self._post(self._shown[-1])
        if response.is_redirect:
            target = urljoin(registry.upload, response.headers.get("Location", ""))
            raise RedirectRefused(registry.upload, redact(target, self._secrets()))
        if not response.is_success:
            self._settle(response)
        elif is_for_people(response.headers.get("Content-Type", ""), response.text):
            excerpt = beginning(redact(begin_of(response), self._secrets()))
            raise GarbledAnswer(registry.upload, response.status_code, excerpt)
        size = self.path.stat().st_size
        self.pages.requester.screen.progress(self.path.name, size, size)

    def _post(self, expired: Credential | None) -> httpx.Response:
        """Send it, with another credential than the *expired* one."""

        def make() -> httpx.Request:
            self.go_on()
            credential = self.authority(expired)
            self._shown.append(credential)
            return self._request(credential)

        return self.pages.requester.send(make, service=self.pages.registry.name)

    def _request(self, credential: Credential) -> httpx.Request:
        requester = self.pages.requester
        fields = (*ACTION, *self.fields, ("sha256_digest", self.sha256))
        form = Form(fields, self.path, self.sha256, self._progress)
        return requester.client.build_request(
            "POST",
            self.pages.registry.upload,
            content=form,
            headers={**form.headers, "Accept": ERRORS, **authorization(credential)},
            timeout=_patient(requester.client.timeout),
        )

    def _progress(self, sent_bytes: int, total: int) -> None:
        self.go_on()
        if sent_bytes >= total:
            self.handed_over()
        # the last bit is the answer's
        self.pages.requester.screen.progress(self.path.name, min(sent_bytes, total - 1), total)

    def _settle(self, response: httpx.Response) -> None:
        """
        Raise what a refusal means, unless the index already has this very file.

        Where two runs send the same file at once, the index says to one of them that its name
        is used up while it stores the file of the other: what it has counts, not what it says.
        """
        registry, name, status = self.pages.registry.name, self.path.name, response.status_code
        sentence = told(response, self._secrets())
        project = dict(self.fields).get("name", "this project")
        advice = remedy(status, sentence, project)
        if is_in_the_way(status, sentence):
            is_name_taken = is_taken(status, sentence)
            is_listed, file, digest = self._published(patient=not is_name_taken)
            if digest == self.sha256:
                return
            if file is not None:
                raise self._differs(file, digest)
            advice = ELSEWHERE if is_listed and is_name_taken else advice
        is_forbidden = status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
        kind: type[UploadRefused] = (
            UploadForbidden if is_forbidden and not is_closed(sentence) else UploadRefused
        )
        if is_about_attestations(sentence):
            kind = AttestationRefused
        version = dict(self.fields).get("version", "")
        raise kind(
            (name,),
            registry,
            status,
            sentence,
            going_on(advice, version),
            lasting=is_final(sentence) or is_about_name(sentence),
            anothers=is_anothers(sentence),
        )

    def _differs(self, file: IndexFile, digest: str) -> FileDiffers:
        from releasio.world.index.aside import how_it_differs

        difference = how_it_differs(self.pages, file, self.path.parent)
        version = dict(self.fields).get("version", "")
        return FileDiffers(
            self.path.name,
            self.pages.registry.name,
            here=self.sha256,
            there=digest,
            version=version,
            command=command_after(version),
            how=difference,
        )

    def _published(self, *, patient: bool) -> tuple[bool, IndexFile | None, str]:
        """
        Return whether the index shows what it has, the file of this name, and its hash.

        An index that shows something is looked at again for some seconds until the file is
        there; any index is if we are *patient*.
        """
        lookup = self._look_once()
        for pause in _LOOKS:
            if lookup[1] is not None or not (lookup[0] or patient):
                break
            self.go_on()
            self.pages.requester.sleep(pause)
            lookup = self._look_once()
        return lookup

    def _look_once(self) -> tuple[bool, IndexFile | None, str]:
        try:
            files = self.pages.files(dict(self.fields)["name"], None, fresh=True)
            is_listed = bool(files or self.pages.registry.site)
            file = next((f for f in files or () if f.name == self.path.name), None)
            return is_listed, file, self.pages.sha256_of(file) if file else ""
        except ReleasioError:
            return False, None, ""  # the refusal itself is the better story

    def _secrets(self) -> tuple[Secret, ...]:
        """Return what an answer may echo."""
        return tuple(
            secret
            for credential in self._shown
            for secret in (credential.secret, basic(credential))
        )


def _patient(usual: httpx.Timeout) -> httpx.Timeout:
    read = usual.read if usual.read is None else max(usual.read, _STORING)
    return httpx.Timeout(connect=usual.connect, read=read, write=usual.write, pool=usual.pool)
