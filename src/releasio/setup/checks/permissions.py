"""Whether jobs may do what they do, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.setup.edits import with_permission
from releasio.setup.findings.permissions import IdentityNotAllowed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.setup.finding import Finding
    from releasio.setup.situation import Situation


def check_permissions(situation: Situation) -> Iterator[Finding]:
    """Yield what jobs are not allowed to do and need."""
    yield from _identities(situation)


def _identities(situation: Situation) -> Iterator[Finding]:
    for upload in situation.uploads:
        permissions = upload.workflow.permissions_of(upload.job)
        if not upload.is_trusted or upload.target not in {"pypi", "testpypi"}:
            continue
        if permissions is not None and permissions.writes("id-token"):
            continue
        yield IdentityNotAllowed(upload.job.key, upload.target).at(
            upload.workflow.path,
            permissions.line if permissions else upload.job.line,
            with_permission(upload.workflow, upload.job, "id-token"),
        )
