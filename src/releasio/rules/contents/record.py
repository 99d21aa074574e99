"""The distribution manifest: which files belong to a release, by name, size and hash."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from releasio.errors.files.distribution import RecordDisagrees, RecordInvalid
from releasio.rules.index.simple import belongs_to
from releasio.rules.versions.version import version_or_none
from releasio.text.json_text import read_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from releasio.text.json_text import Json

RECORD_NAME = "releasio.json"
BUNDLE_NAME = "releasio.bundle"  # the release commit, where other jobs build and publish
SCHEMA_VERSION = 1

_TEXTS = ("project", "version", "tag", "commit")
_NAME = r"^[A-Za-z0-9._+!-]+\.(whl|tar\.gz)$"
_SHA256 = "^[0-9a-f]{64}$"


@dataclass(frozen=True)
class BuiltFile:
    """One distribution: its file name, its size in bytes and its sha256 in hexadecimal."""

    name: str
    size: int
    sha256: str

    @property
    def kind(self) -> str:
        """`wheel` or `sdist`."""
        return "wheel" if self.name.endswith(".whl") else "sdist"

    @property
    def tag(self) -> str:
        """What a wheel runs on (`py3-none-any`); empty for an sdist."""
        return "-".join(self.name.removesuffix(".whl").split("-")[-3:]) * (self.kind == "wheel")


@dataclass(frozen=True)
class Record:
    """
    What was built, from what.

    Attributes:
        project: The project's name.
        version: In PEP 440 normal form.
        tag: The release's tag.
        commit: The release commit, all digits.
        epoch: The build's `SOURCE_DATE_EPOCH`.
        files: The distributions, by name.
    """

    project: str
    version: str
    tag: str
    commit: str
    epoch: int
    files: tuple[BuiltFile, ...]

    @property
    def digests(self) -> dict[str, str]:
        """File name to sha256, as a release's tag says it."""
        return {file.name: file.sha256 for file in self.files}

    @classmethod
    def from_json(cls, text: str, path: str = RECORD_NAME) -> Record:
        """
        Return the record that `to_json` wrote.

        Args:
            text: The document.
            path: What to call it in errors.

        Raises:
            RecordInvalid: It is not one of ours, with the first problem.
        """
        try:
            data = read_json(text)
        except ValueError as error:
            raise RecordInvalid(path, f"not JSON ({error})") from None
        if problem := _problem(data):
            raise RecordInvalid(path, problem)
        files = tuple(BuiltFile(f["name"], f["size"], f["sha256"]) for f in data["files"])
        if problem := _foreign(data["project"], data["version"], files):
            raise RecordInvalid(path, problem)
        return cls(**{key: data[key] for key in _TEXTS}, epoch=data["epoch"], files=files)

    def to_json(self) -> str:
        """Return the document: the same text for the same record, with a newline at the end."""
        data = {"schema_version": SCHEMA_VERSION, **asdict(self)}
        data["files"] = [{**asdict(f), "kind": f.kind} for f in self.files]
        return json.dumps(data, indent=2, ensure_ascii=False) + "\n"

    def compare(self, files: Iterable[BuiltFile], folder: str) -> None:
        """
        Compare the record with *files*, which are in *folder*.

        Raises:
            RecordDisagrees: A file is missing or has other content; all of them are named.
        """
        by_name = {file.name: file for file in files}
        missing = [file.name for file in self.files if file.name not in by_name]
        pairs = [(file, by_name[file.name]) for file in self.files if file.name in by_name]
        different = [
            (recorded.name, f"sha256 {actual.sha256}", recorded.sha256)
            for recorded, actual in pairs
            if recorded.sha256 != actual.sha256
        ]
        if missing or different:
            raise RecordDisagrees(folder, missing=missing, different=different)


def _problem(data: Json) -> str | None:
    """Return what keeps *data* from being a record."""
    if not isinstance(data, dict) or "schema_version" not in data:
        return "it has no schema_version"
    if data["schema_version"] != SCHEMA_VERSION:
        return f"schema_version is {data['schema_version']!r}, this releasio reads {SCHEMA_VERSION}"
    for key in _TEXTS:
        if not isinstance(data.get(key), str):
            return f"{key} is not a text"
    if not isinstance(data.get("epoch"), int):
        return "epoch is not a whole number"
    if not isinstance(data.get("files"), list) or not data["files"]:
        return "files is not a list of files"
    return next((f"files[{i}] {p}" for i, f in enumerate(data["files"]) if (p := _flaw(f))), None)


def _foreign(project: str, version: str, files: Iterable[BuiltFile]) -> str | None:
    """Return which file is of another project or version: a record vouches for one release."""
    for file in files:
        named = belongs_to(file.name)  # what no name can be read from is refused by every index
        # 1.1 is 1.1.0: names of files have the version as the project's own files write it
        if named and named != (canonicalize_name(project), version_or_none(version)):
            return f"{file.name} is not of {project} {version}"
    return None


def _flaw(file: Json) -> str | None:
    if not isinstance(file, dict):
        return "is not an object"
    if not re.search(_NAME, str(file.get("name"))):
        return "has no plain file name"  # nothing outside the folder is read or uploaded
    if not isinstance(file.get("size"), int):
        return "has no size"
    if not re.search(_SHA256, str(file.get("sha256"))):
        return "has no sha256"
    return None
