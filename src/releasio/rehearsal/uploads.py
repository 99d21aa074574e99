"""An upload: every check in the index's order, then everything stored at once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name, canonicalize_version

from releasio.rehearsal import archives, filenames, names, tokens
from releasio.rehearsal.answers import HELP, Refused
from releasio.rehearsal.descriptions import refuse_description
from releasio.rehearsal.forms import read_fields, read_form
from releasio.rehearsal.metadata import refuse_metadata
from releasio.rehearsal.store import File, Project, Release

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from werkzeug.datastructures import FileStorage
    from werkzeug.wrappers import Request

    from releasio.rehearsal.forms import Form
    from releasio.rehearsal.store import Records, Store

_OPEN_FOR = timedelta(days=14)  # how long a release takes new files
_CHUNK = 1024 * 1024
_MIB = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How large things may be, in bytes."""

    file: int = 100 * _MIB
    project: int = 10 * 1024 * _MIB


@dataclass(frozen=True, kw_only=True)
class Received:
    """The bytes of an upload, on disk, and what they are called by."""

    path: Path
    size: int
    md5: str
    sha256: str
    blake2: str

    def digests(self) -> dict[str, str]:
        """Return the digests by form field."""
        return {
            "md5_digest": self.md5,
            "sha256_digest": self.sha256,
            "blake2_256_digest": self.blake2,
        }


@dataclass(frozen=True)
class Uploads:
    """The `/legacy/` address."""

    store: Store
    clock: Callable[[], datetime]
    limits: Limits = field(default_factory=Limits)

    def receive(self, request: Request, modes: frozenset[str]) -> None:
        """
        Store the distribution in *request*; identical bytes once more change nothing.

        Raises:
            Refused: Nothing was stored.
        """
        fields = read_fields(request)
        if "read-only" in modes:
            raise Refused(403, "Read-only mode: Uploads are temporarily disabled.")
        if "uploads-off" in modes:
            see = f"See {HELP}#admin-intervention for more information."
            raise Refused(403, f"New uploads are temporarily disabled. {see}")
        path = self.store.scratch()
        try:
            with self.store.transaction() as records:
                who = tokens.bearer(records, request.headers.get("Authorization"))
                form = read_form(fields, request.files.get("content"))
                refuse_metadata(form.metadata)
                if form.content is None:
                    raise Refused(400, "Upload payload does not have a file.")
                self._store(records, who, form, form.content, path, modes)
        finally:
            path.unlink(missing_ok=True)

    def _store(
        self,
        records: Records,
        who: tokens.Bearer,
        form: Form,
        content: FileStorage,
        path: Path,
        modes: frozenset[str],
    ) -> None:
        project = self._project(records, who, form, modes)
        refuse_description(form.metadata)
        filename = content.filename or ""
        filenames.refuse_name(filename, form.kind)
        # a part without the header counts as text, as the form parser of the index has it
        mimetype = content.headers.get("Content-Type", "text/plain")
        if not mimetype or mimetype.startswith("image/"):
            raise Refused(400, "Invalid distribution file.")
        received = self._read(content, path, project)
        self._refuse_digests(form, received)
        if self._is_there(records, filename, received):
            return
        self._refuse_late(records, project, form, filename)
        metadata = _refuse_contents(received.path, filename, form)
        if form.attestations is not None:
            _refuse_attestations(who)
        self._commit(records, project, form, filename, received, metadata)

    def _project(
        self, records: Records, who: tokens.Bearer, form: Form, modes: frozenset[str]
    ) -> Project:
        """Return the project the upload is for; a new one is not recorded yet."""
        normalised = canonicalize_name(form.name)
        now = self.clock().timestamp()
        if project := records.projects.get(normalised):
            tokens.permit(who, project, normalised, now)
            _refuse_account(who)
            return project
        _refuse_account(who)
        _refuse_creation(records, who, form.name, modes)
        project = Project(name=form.name, owner=who.key.user, born=records.serial + 1)
        tokens.permit(who, project, normalised, now)
        return project

    def _read(self, content: FileStorage, path: Path, project: Project) -> Received:
        """Write the bytes to *path*, counting and digesting them on the way."""
        used = sum(file.size for file in self.store.files_of(project.name))
        md5, sha256 = hashlib.md5(usedforsecurity=False), hashlib.sha256()
        blake2 = hashlib.blake2b(digest_size=32)
        size = 0
        with path.open("wb") as file:
            while chunk := content.stream.read(_CHUNK):
                size += len(chunk)
                self._refuse_size(project, size, used)
                for digest in (md5, sha256, blake2):
                    digest.update(chunk)
                file.write(chunk)
        return Received(
            path=path,
            size=size,
            md5=md5.hexdigest(),
            sha256=sha256.hexdigest(),
            blake2=blake2.hexdigest(),
        )

    def _refuse_size(self, project: Project, size: int, used: int) -> None:
        see = f"See {HELP}#storage-limits"
        if size > self.limits.file:
            limit = f"Limit for project '{project.name}' is {self.limits.file // _MIB} MB."
            raise Refused(400, f"File too large. {limit} {see} for more information.")
        if size + used > self.limits.project:
            gib = self.limits.project // (1024 * _MIB)
            limit = f"Limit for project '{project.name}' total size is {gib} GB."
            raise Refused(400, f"Project size too large. {limit} {see}")

    @staticmethod
    def _refuse_digests(form: Form, received: Received) -> None:
        if not form.digests.items() <= received.digests().items():
            raise Refused(
                400,
                "The digest supplied does not match a digest calculated from the uploaded file.",
            )

    @staticmethod
    def _is_there(records: Records, filename: str, received: Received) -> bool:
        """Whether this very file is stored; another with its name or its bytes is refused."""
        for file in records.files.values():
            same_name, same_bytes = file.name == filename, file.blake2 == received.blake2
            if same_name and same_bytes and file.sha256 == received.sha256:
                return True
            if same_name or same_bytes:
                given = f"('{filename}', with blake2_256 hash '{received.blake2}')"
                see = f"See {HELP}#file-name-reuse for more information."
                raise Refused(400, f"File already exists {given}. {see}")
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

    def _commit(
        self,
        records: Records,
        project: Project,
        form: Form,
        filename: str,
        received: Received,
        metadata: bytes | None,
    ) -> None:
        """Nothing below can be refused."""
        normalised, version = canonicalize_name(form.name), canonicalize_version(form.version)
        now = self.clock()
        records.serial += 1
        file = File(
            name=filename,
            project=normalised,
            version=version,
            kind=form.kind,
            python=form.python,
            size=received.size,
            md5=received.md5,
            sha256=received.sha256,
            blake2=received.blake2,
            requires_python=form.metadata.get("requires_python", [""])[0],
            uploaded=now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            serial=records.serial,
            metadata_sha256=None if metadata is None else hashlib.sha256(metadata).hexdigest(),
        )
        target = self.store.root / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if metadata is not None:
            target.with_name(f"{filename}.metadata").write_bytes(metadata)
        received.path.replace(target)
        release = Release(version=form.version, created=now.timestamp(), metadata=form.metadata)
        project.name = form.name
        project.releases.setdefault(version, release)
        records.projects[normalised] = project
        records.files[filename] = file
        records.used_names.append(filename)


def _refuse_account(who: tokens.Bearer) -> None:
    if not who.user:
        return
    said = f"User '{who.user.name}', associated with the API token used, does not have"
    if not who.user.verified_email:
        raise Refused(
            403,
            f"{said} a verified primary email address. Please add a verified primary email before "
            f"attempting to upload to PyPI. See {HELP}#verified-email for more information.",
        )
    if not who.user.two_factor:
        raise Refused(
            403,
            f"{said} two-factor authentication enabled. Please enable two-factor authentication "
            f"before attempting to upload to PyPI. See {HELP}#two-factor-authentication for more "
            "information.",
        )


def _refuse_creation(
    records: Records, who: tokens.Bearer, name: str, modes: frozenset[str]
) -> None:
    if not who.user:
        raise Refused(
            400,
            "Non-user identities cannot create new projects. This was probably caused by "
            "successfully using a pending publisher but specifying the project name incorrectly "
            "(either in the publisher or in your project's metadata). Please ensure that both "
            f"match. See: {HELP}#trusted-publishers-troubleshooting",
        )
    if "registration-off" in modes:
        see = f"See {HELP}#admin-intervention for more information."
        raise Refused(403, f"New project registration temporarily disabled. {see}")
    if "too-many-projects" in modes:
        raise Refused(429, "Too many new projects created")
    names.refuse_name(name, records.projects)


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


def _refuse_attestations(who: tokens.Bearer) -> None:
    """Refuse them all: this index cannot verify one, and does not pretend it did."""
    said = "Invalid attestations supplied during upload: "
    if not who.publisher:
        words = "Attestations are only supported when using Trusted Publishing"
        raise Refused(400, f"{said}{words}")
    raise Refused(
        400,
        f"{said}Unknown error while trying to verify included attestations: "
        "this embedded index does not verify attestations, so it takes none",
    )
