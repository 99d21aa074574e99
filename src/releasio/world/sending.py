"""The write side of a package index: one file, streamed, as often as it takes."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import httpx

from releasio.errors.base import ReleasioError
from releasio.errors.index import RedirectRefused, UploadForbidden, UploadRefused
from releasio.errors.release import FileDiffers
from releasio.rules.answers import is_taken, remedy
from releasio.rules.secret import Secret, redact
from releasio.world.multipart import Form
from releasio.world.wire import told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from releasio.rules.credential import Credential
    from releasio.world.pages import Pages

# an index that is not asked for one of these answers in HTML, without its sentence
_ERRORS = "application/json;q=0.9, text/plain;q=0.8, text/html;q=0.7"
_STORING = 300.0  # seconds an index may take to look through a large file before it answers
_ACTION = ((":action", "file_upload"), ("protocol_version", "1"))


@dataclass(frozen=True)
class Sending:
    """
    One distribution on its way.

    Attributes:
        pages: The index, and what it has.
        path: The distribution.
        fields: Its metadata.
        credential: What authorises the upload.
        sha256: What was recorded when it was built.
    """

    pages: Pages
    path: Path
    fields: Sequence[tuple[str, str]]
    credential: Credential
    sha256: str

    def send(self) -> None:
        """Do what `Index.upload` says."""
        registry = self.pages.registry
        response = self.pages.wire.send(self._request, service=registry.name)
        if response.is_redirect:
            target = urljoin(registry.upload, response.headers.get("Location", ""))
            raise RedirectRefused(registry.upload, redact(target, self._secrets()))
        if not response.is_success:
            self._settle(response)

    def _request(self) -> httpx.Request:
        wire, name = self.pages.wire, self.path.name
        progress = partial(wire.screen.progress, name)
        authorization = f"Basic {self._basic().reveal()}"
        form = Form((*_ACTION, *self.fields), self.path, self.sha256, progress)
        return wire.client.build_request(
            "POST",
            self.pages.registry.upload,
            content=form,
            headers={**form.headers, "Accept": _ERRORS, "Authorization": authorization},
            timeout=_patient(wire.client.timeout),
        )

    def _settle(self, response: httpx.Response) -> None:
        """Raise what a refusal means, unless the index already has this very file."""
        registry, name, status = self.pages.registry.name, self.path.name, response.status_code
        sentence = told(response, self._secrets())
        if is_taken(status, sentence):
            there = self._hash_there()
            if there == self.sha256:
                return
            if there is not None:
                raise FileDiffers(name, registry, here=self.sha256, there=there)
        forbidden = status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
        kind = UploadForbidden if forbidden else UploadRefused
        raise kind(name, registry, status, sentence, remedy(status, sentence))

    def _hash_there(self) -> str | None:
        """Return the hash of the index's file of this name; `None` if it does not show it."""
        try:
            files = self.pages.files(dict(self.fields)["name"], None) or ()
            return next((self.pages.sha256_of(f) for f in files if f.name == self.path.name), None)
        except ReleasioError:
            return None  # the refusal itself is the better story

    def _basic(self) -> Secret:
        pair = f"{self.credential.user}:{self.credential.secret.reveal()}"
        return Secret(base64.b64encode(pair.encode()).decode())

    def _secrets(self) -> tuple[Secret, ...]:
        """Return what an answer may echo."""
        return (self.credential.secret, self._basic())


def _patient(usual: httpx.Timeout) -> httpx.Timeout:
    read = usual.read if usual.read is None else max(usual.read, _STORING)
    return httpx.Timeout(connect=usual.connect, read=read, write=usual.write, pool=usual.pool)
