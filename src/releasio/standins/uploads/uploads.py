"""An upload: every check in the index's order, then everything stored at once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name, canonicalize_version

from releasio.standins.publishing import names, tokens
from releasio.standins.responses import HELP, Refused
from releasio.standins.store import File, Project, Release
from releasio.standins.uploads import archives, filenames
from releasio.standins.uploads.descriptions import refuse_description
from releasio.standins.uploads.forms import read_fields, read_form
from releasio.standins.uploads.metadata import refuse_metadata
from releasio.standins.uploads.received import Limits, Received, receive

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from werkzeug.datastructures import FileStorage
    from werkzeug.wrappers import Request

    from releasio.standins.store import Provenance, Records, Store
    from releasio.standins.uploads.forms import Form

_USER = "Attestations are only supported when using Trusted Publishing"
_NOBODY = (
    "Non-user identities cannot create new projects. This was probably caused by successfully "
    "using a pending publisher but specifying the project name incorrectly (either in the "
    "publisher or in your project's metadata). Please ensure that both match. "
    f"See: {HELP}#trusted-publishers-troubleshooting"
)
_NO_VERIFIER = (
    "Unknown error while trying to verify included attestations: "
    "this embedded index verifies none without the extra releasio[attestations]"
)
_OPEN_FOR = timedelta(days=14)  # how long a release takes new files


@dataclass(frozen=True)
class Uploads:
    """
    The `/legacy/` address.

    Attributes:
        trust_config: Returns what attestations are verified by, as a ClientTrustConfig.
    """

    store: Store
    clock: Callable[[], datetime]
    trust_config: Callable[[], str]
    limits: Limits = field(default_factory=Limits)

    def receive(self, request: Request) -> None:
        """
        Store the distribution in *request*; identical bytes once more change nothing.

        Raises:
            Refused: Nothing was stored.
        """
        fields = read_fields(request)
        path = self.store.scratch()
        try:
            with self.store.transaction() as records:
                bearer = tokens.bearer(records, request.headers.get("Authorization"))
                form = read_form(fields, request.files.get("content"))
                refuse_metadata(form.metadata)
                if form.content is None:
                    raise Refused(400, "Upload payload does not have a file.")
                self._store(records, bearer, form, form.content, path)
        finally:
            path.unlink(missing_ok=True)

    def _store(
        self,
        records: Records,
        bearer: tokens.Bearer,
        form: Form,
        content: FileStorage,
        path: Path,
    ) -> None:
        project = self._project(records, bearer, form)
        refuse_description(form.metadata)
        filename = content.filename or ""
        filenames.refuse_name(filename, form.kind)
        # a part without the header counts as text, as the form parser of the index has it
        mimetype = content.headers.get("Content-Type", "text/plain")
        if not mimetype or mimetype.startswith("image/"):
            raise Refused(400, "Invalid distribution file.")
        used_size = sum(file.size for file in self.store.files_of(project.name))
        received = receive(content.stream, path, self.limits, project.name, used_size)
        received.refuse_other(form.digests)
        if self._is_there(records, filename, received):
            return
        self._refuse_late(records, project, form, filename)
        metadata = _refuse_contents(received.path, filename, form)
        provenance = None
        if form.attestations is not None:
            provenance = self.provenance(form.attestations, bearer, filename, received)
        self._commit(records, project, form, filename, received, metadata, provenance)

    def _project(self, records: Records, bearer: tokens.Bearer, form: Form) -> Project:
        """Return the project the upload is for; a new one is not recorded yet."""
        normalised = canonicalize_name(form.name)
        now = self.clock().timestamp()
        if project := records.projects.get(normalised):
            tokens.permit(bearer, project, normalised, now)
            self.refuse_account(bearer)
            return project
        self.refuse_account(bearer)
        self.refuse_creation(records, bearer, form.name)
        project = Project(name=form.name, owner=bearer.key.user, born=records.serial + 1)
        tokens.permit(bearer, project, normalised, now)
        return project

    def refuse_account(self, bearer: tokens.Bearer) -> None:
        """Refuse nobody: the accounts of a rehearsal are in order."""

    def refuse_creation(self, records: Records, bearer: tokens.Bearer, name: str) -> None:
        """
        Refuse *bearer* a new project called *name*.

        Raises:
            Refused: Because of who it is, or of the name.
        """
        if not bearer.user:
            raise Refused(400, _NOBODY)
        names.refuse_name(name, records.projects)

    @staticmethod
    def _is_there(records: Records, filename: str, received: Received) -> bool:
        """Whether this very file is stored; another with its name or its bytes is refused."""
        for file in records.files.values():
            same_name, same_bytes = file.name == filename, file.blake2 == received.blake2
            if same_name and same_bytes and file.sha256 == received.sha256:
                return True
            if same_name or same_bytes:
                description = f"('{filename}', with blake2_256 hash '{received.blake2}')"
                see = f"See {HELP}#file-name-reuse for more information."
                raise Refused(400, f"File already exists {description}. {see}")
        return False

    def _refuse_late(self, records: Records, project: Project, form: Form, filename: str) -> None:
        """Refuse what comes after the release was closed in one of three ways."""
        if filename in records.used_names:
            words = "This filename was previously used by a file that has since been deleted."
            see = f"Use a different version. See {HELP}#file-name-reuse for more information."
            raise Refused(400, f"{words} {see}")
        release = project.releases.get(canonicalize_version(form.version))
        if release and self.clock().timestamp() - release.created > _OPEN_FOR.total_seconds():
            words = "Uploading new files to releases older than 14 days is not allowed."
            raise Refused(400, words)
        siblings = self.store.files_of(form.name, form.version)
        if form.kind == "sdist" and any(file.kind == "sdist" for file in siblings):
            raise Refused(400, "Only one sdist may be uploaded per release.")

    def provenance(
        self, text: str, bearer: tokens.Bearer, filename: str, received: Received
    ) -> Provenance | None:
        """Return what the attestations in *text* prove."""
        if not bearer.publisher:
            raise _refused(_USER)
        try:
            # 450 ms, and an extra that need not be there
            from releasio.standins.uploads.attestations import provenance
        except ImportError:
            # nothing here verifies them, and taking them unseen would be dishonest
            raise _refused(_NO_VERIFIER) from None
        return provenance(
            text,
            bearer.publisher,
            filename=filename,
            sha256=received.sha256,
            trust_config=self.trust_config,
        )

    def _commit(
        self,
        records: Records,
        project: Project,
        form: Form,
        filename: str,
        received: Received,
        metadata: bytes | None,
        provenance: Provenance | None,
    ) -> None:
        """Nothing below can be refused."""
        now = self.clock()
        records.serial += 1
        file = _file_of(
            form,
            filename,
            received,
            metadata,
            provenance,
            serial=records.serial,
            uploaded=now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        )
        self._keep(file, received.path, metadata)
        release = Release(version=form.version, created=now.timestamp(), metadata=form.metadata)
        project.name = form.name
        project.releases.setdefault(file.version, release)
        records.projects[file.project] = project
        records.files[filename] = file
        records.used_names.append(filename)

    def _keep(self, file: File, content: Path, metadata: bytes | None) -> None:
        """Move *content* to where *file* lies, and put its *metadata* beside it."""
        target = self.store.root / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if metadata is not None:
            target.with_name(f"{file.name}.metadata").write_bytes(metadata)
        content.replace(target)


def _file_of(
    form: Form,
    filename: str,
    received: Received,
    metadata: bytes | None,
    provenance: Provenance | None,
    *,
    serial: int,
    uploaded: str,
) -> File:
    """Return what is recorded of the file that came with *form*."""
    return File(
        name=filename,
        project=canonicalize_name(form.name),
        version=canonicalize_version(form.version),
        kind=form.kind,
        python=form.python,
        size=received.size,
        md5=received.md5,
        sha256=received.sha256,
        blake2=received.blake2,
        requires_python=form.metadata.get("requires_python", [""])[0],
        uploaded=uploaded,
        serial=serial,
        metadata_sha256=None if metadata is None else hashlib.sha256(metadata).hexdigest(),
        provenance=provenance,
    )


def _refuse_contents(path: Path, filename: str, form: Form) -> bytes | None:
    """Refuse what the archive or its name say; return a wheel's METADATA."""
    licences = form.metadata.get("license_file", [])
    if form.kind == "sdist":
        top = archives.refuse_sdist(path, filename)
        filenames.refuse_sdist(filename, form.name, form.version)
        archives.refuse_licences(path, filename, top, licences)
        return None
    archives.refuse_wheel(path, filename)
    filenames.refuse_wheel(filename, form.name, form.version)
    archives.refuse_licences(path, filename, None, licences)
    return archives.wheel_metadata(path, filename)


def _refused(attestations: str) -> Refused:
    return Refused(400, f"Invalid attestations supplied during upload: {attestations}")
