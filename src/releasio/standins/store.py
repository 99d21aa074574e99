"""
What the embedded index knows: plain records under one lock.

Whoever changes them holds `Store.transaction()`, checks everything first and
writes last, so that a refusal leaves nothing behind.
"""

from __future__ import annotations

import os
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from packaging.utils import canonicalize_name, canonicalize_version

if TYPE_CHECKING:
    from collections.abc import Iterator

Fields = dict[str, list[str]]  # the metadata of a release, by form field
Provenance = dict[str, Any]  # as PEP 740 has it, ready for JSON


@dataclass(frozen=True, kw_only=True)
class File:
    """One distribution on the index."""

    name: str
    project: str  # normalised
    version: str  # canonical
    kind: str  # sdist | bdist_wheel
    python: str
    size: int
    md5: str
    sha256: str
    blake2: str
    requires_python: str
    uploaded: str  # ISO 8601 with Z
    serial: int
    metadata_sha256: str | None = None
    yanked: str | None = None  # the reason, possibly empty
    provenance: Provenance | None = None

    @property
    def path(self) -> str:
        """Where it lies, under the address of the index and under the store's root."""
        return f"packages/{self.blake2[:2]}/{self.blake2[2:4]}/{self.blake2[4:]}/{self.name}"

    def belongs_to(self, version: str) -> bool:
        """Whether it is of *version*, in any spelling."""
        return canonicalize_version(version) == self.version


@dataclass(kw_only=True)
class Release:
    """One version of a project, as its first file described it."""

    version: str  # as that file spelled it
    created: float  # seconds since the epoch
    metadata: Fields


@dataclass(kw_only=True)
class Project:
    """A name on the index."""

    name: str  # as displayed: the latest upload's spelling
    owner: str | None  # a user; none when a pending publisher created it
    status: str = "active"
    born: int  # the change that created it
    id: str = field(default_factory=lambda: str(uuid4()))
    releases: dict[str, Release] = field(default_factory=dict)  # by canonical version


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What a publisher is known by; the comments say it of GitHub, and after it of GitLab."""

    provider: str = "github"
    owner: str  # or namespace
    owner_id: str  # or nothing
    repository: str  # without the owner
    workflow: str  # the file's name, or its path
    environment: str  # lower-case, or as it is; empty: any


@dataclass(kw_only=True)
class Publisher:
    """A trusted publisher and the (normalised) projects it serves."""

    identity: Identity
    projects: list[str]
    id: str = field(default_factory=lambda: str(uuid4()))


@dataclass(frozen=True, kw_only=True)
class Pending:
    """A publisher waiting for its project to be created by the first mint."""

    identity: Identity
    project: str  # as typed


@dataclass(frozen=True, kw_only=True)
class User:
    """Somebody with an account."""

    name: str


@dataclass(kw_only=True)
class Key:
    """The half of an API token that stays here."""

    secret: str = field(repr=False)  # hexadecimal
    user: str | None = None
    publisher: str | None = None  # its id


@dataclass
class Records:
    """Everything the index knows."""

    serial: int = 0
    projects: dict[str, Project] = field(default_factory=dict)  # by normalised name
    files: dict[str, File] = field(default_factory=dict)  # by file name
    used_names: list[str] = field(default_factory=list)  # survives the deletion of files
    publishers: list[Publisher] = field(default_factory=list)
    pending: list[Pending] = field(default_factory=list)
    users: dict[str, User] = field(default_factory=dict)
    keys: dict[str, Key] = field(default_factory=dict)  # by token identifier
    spent: dict[str, float] = field(default_factory=dict)  # jti -> when it may be forgotten


class Store:
    """
    The records, their lock, and the directory the files lie in.

    Args:
        root: Where files lie.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = threading.RLock()
        self.records = Records()

    @contextmanager
    def transaction(self) -> Iterator[Records]:
        """Hold the records, and change them."""
        with self._lock:
            yield self.records

    @contextmanager
    def reading(self) -> Iterator[Records]:
        """Hold the records without changing them."""
        with self._lock:
            yield self.records

    def project(self, name: str) -> Project | None:
        """Return the project of that name, in any spelling."""
        return self.records.projects.get(canonicalize_name(name))

    def files_of(self, project: str, version: str | None = None) -> list[File]:
        """Return a project's files in the order they came; of one version if given."""
        canonical_version = None if version is None else canonicalize_version(version)
        return [
            file
            for file in self.records.files.values()
            if file.project == canonicalize_name(project)
            and canonical_version in {None, file.version}
        ]

    def scratch(self) -> Path:
        """Return the path of a new empty file beside the stored ones, to be moved or deleted."""
        self.root.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix="upload-", dir=self.root)
        os.close(handle)
        return Path(name)
