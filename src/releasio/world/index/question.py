"""Ask an index what it would say to an upload, by one that it is sure to refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from releasio.frozen import frozen
from releasio.rules.distribution.verdict import CONTENT, NAME, TYPE, Verdict, read_verdict
from releasio.world.http.requester import describe, told
from releasio.world.index.logins import authorization, basic
from releasio.world.index.sending import ACTION, ERRORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.rules.credentials.credential import Credential
    from releasio.rules.index.registry import Registry
    from releasio.world.http.requester import Requester


@frozen
class Question:
    """
    The form of a real upload, with the digest of a real file, and a file that nobody takes.

    PyPI looks at credential, account, form, metadata, project, permission, name and
    description before it looks at the file's name, and takes everything back when it refuses.

    Attributes:
        registry: Who is asked; never one whose `takes_questions` is false.
        requester: Sends.
        fields: The distribution's metadata, from `upload_fields`.
        sha256: Of the distribution.
        credential: What it would be uploaded with.
    """

    registry: Registry
    requester: Requester
    fields: Sequence[tuple[str, str]]
    sha256: str
    credential: Credential

    def ask(self) -> Verdict:
        """Send it once, whatever becomes of it: for a new name the index counts each."""
        try:
            response = self.requester.client.send(self._request())
        except httpx.RequestError as error:
            return Verdict("unknown", 0, describe(error))
        secrets = (self.credential.secret, basic(self.credential))
        return read_verdict(response.status_code, told(response, secrets))

    def _request(self) -> httpx.Request:
        fields: dict[str, list[str]] = {}
        for name, value in (*ACTION, *self.fields, ("sha256_digest", self.sha256)):
            fields.setdefault(name, []).append(value)
        return self.requester.client.build_request(
            "POST",
            self.registry.upload,
            data=fields,
            files={"content": (NAME, CONTENT, TYPE)},
            headers={"Accept": ERRORS, **authorization(self.credential)},
        )
