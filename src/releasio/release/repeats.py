"""Files that repeat the version without anybody naming them: what is edited, and what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from releasio.errors.project.manifest import NotUtf8, VersionFileDisagrees
from releasio.frozen import frozen
from releasio.rules.project.import_package import import_folders, module_files
from releasio.rules.project.locks.lock_files import FOLLOWING, MANIFESTS, ManifestEdit
from releasio.rules.project.mentions import (
    BESIDE,
    CITATION,
    PACKAGE_JSON,
    Mention,
    cited_day,
    mentions_in,
)
from releasio.rules.project.project_files import decode
from releasio.rules.project.python_version import unread_version
from releasio.rules.versions.version_form import semantic, written_like

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from packaging.version import Version

    from releasio.release.facts import PackageFacts
    from releasio.rules.project.locks.dependent_locks import LockEdit
    from releasio.rules.project.manifest import Manifest


class Described(Protocol):
    """A package and its files, as far as they were read: `PackageFacts`, `Description`."""

    @property
    def folder(self) -> str:
        """Its directory in the repository."""

    @property
    def manifest(self) -> Manifest:
        """Name and version."""

    @property
    def documents(self) -> Mapping[str, bytes | None]:
        """Path in the repository to bytes."""

    @property
    def obstacles(self) -> Mapping[str, str]:
        """Path to why nothing can be written there."""


@frozen
class Repeat:
    """
    A file that says a version.

    Attributes:
        path: Where it is in the repository.
        text: Its content.
        mentions: Where it says one.
        inside: Whether it is in the import package.
    """

    path: str
    text: str
    mentions: tuple[Mention, ...]
    inside: bool


def repeats(package: Described, named_paths: Collection[str] = ()) -> list[Repeat]:
    """
    Return the files that say a version, at the places where projects repeat theirs.

    Args:
        package: Its files, as far as they were read.
        named_paths: Paths that settings name; these are not looked at.
    """
    return [
        Repeat(path, text, mentions, inside)
        for path, inside in _places(package)
        if path not in named_paths and path not in package.obstacles
        if (text := _text(package, path)) is not None
        if (mentions := mentions_in(path, text))
    ]


def edited(repeat: Repeat, package: PackageFacts, version: Version, day: date | None) -> str | None:
    """
    Return the text with *version* where it said the old one; `None`: it did not.

    Args:
        repeat: The file.
        package: What says the old version.
        version: The new one.
        day: The day of the release, for files that have it beside the version.
    """
    text, has_changed = repeat.text, False
    for mention in sorted(repeat.mentions, reverse=True):
        new_text = _rewritten(mention, package, version)
        if new_text is not None:
            text, has_changed = f"{text[: mention.begin]}{new_text}{text[mention.end :]}", True
    if has_changed and day and repeat.path.endswith(CITATION) and (day_span := cited_day(text)):
        text = f"{text[: day_span[0]]}{day.isoformat()}{text[day_span[1] :]}"
    return text if has_changed else None


def following_locks(
    package: PackageFacts, files: Sequence[tuple[str, bytes | None, bytes]]
) -> Mapping[str, LockEdit]:
    """
    Return how lock files follow the edits of *files*, by path.

    Args:
        package: Its files, as far as they were read.
        files: Path, bytes before and after of each; lock files may be among them.
    """
    written = {path: after.decode("utf-8", "replace") for path, _, after in files}
    manifests = [
        ManifestEdit(path, before.decode("utf-8", "replace"), written[path])
        for path, before, _ in files
        if before is not None and path.endswith(MANIFESTS)
    ]
    locks = {
        name: text
        for name in package.documents
        if name.endswith(FOLLOWING) and name not in package.obstacles
        if (text := written.get(name) or _text(package, name)) is not None
    }
    if not manifests or not locks:
        return {}
    from releasio.rules.project.locks import dependent_locks

    return dependent_locks.following_locks(manifests, locks)


def disagreements(
    package: Described, version: Version, named_paths: Collection[str] = ()
) -> tuple[VersionFileDisagrees, ...]:
    """Return what in the import package says neither the project's version nor the new one."""
    manifest = package.manifest
    return tuple(
        VersionFileDisagrees(
            repeat.path,
            mention.what,
            says=mention.text,
            manifest=manifest.version_path,
            version=manifest.written,
        )
        for repeat in repeats(package, named_paths)
        if repeat.inside
        for mention in repeat.mentions
        if mention.what in {"__version__", ""}
        if mention.version is not None and mention.version not in {manifest.version, version}
    )


def remarks(
    package: PackageFacts, version: Version, named_paths: Collection[str] = ()
) -> Iterator[str]:
    """Yield what is left alone, as sentences."""
    # where the version itself stands, such as `version_info`, `__version__` is made of it
    own_paths = {*named_paths, *(place.path for place in package.manifest.places)}
    for path, inside in _places(package):
        text = _text(package, path) if inside and path not in own_paths else None
        if text is not None and path.endswith(".py") and (line := unread_version(text)):
            yield (
                f"__version__ in {path}, line {line}, cannot be read without running it and is "
                "left alone; `version.files` can say where its text stands"
            )
    for repeat in repeats(package, named_paths):
        if repeat.inside:
            continue
        for mention in repeat.mentions:
            place = f"{mention.what} in {repeat.path}" if mention.what else repeat.path
            if mention.short or mention.version in {None, version}:
                continue
            if mention.version != package.manifest.version:
                if repeat.path.endswith(
                    PACKAGE_JSON
                ):  # of tools, which have a version of their own
                    continue
                yield f"{place} says {mention.text} and is left alone"
            elif _rewritten(mention, package, version) is None:
                yield f"{place} cannot say {version} and is left alone"


def _rewritten(mention: Mention, package: PackageFacts, version: Version) -> str | None:
    """Return what stands in place of *mention* from now on; `None`: it stays."""
    current_version = package.manifest.version
    if mention.short and _is_short(mention.text, current_version):
        numbers = (*version.release, 0)[: mention.text.count(".") + 1]
        return ".".join(map(str, numbers))
    if mention.version != current_version:
        return None
    if mention.semantic:
        return semantic(version, mention.text)
    mark = mention.text[:1] if mention.text[:1] in {"v", "V"} else ""
    return mark + written_like(version, mention.text.lstrip("vV"), *package.tag_form.examples)


def _is_short(text: str, version: Version) -> bool:
    """Whether *text* is the first two numbers of *version*, as Sphinx has them."""
    numbers = version.release
    return bool(numbers[2:]) and text == ".".join(map(str, numbers[:2]))


def _places(package: Described) -> Iterator[tuple[str, bool]]:
    """Yield the path of each file to look at, and whether it is in the import package."""
    manifest = package.manifest
    files = [path for path, content in package.documents.items() if content is not None]
    for folder in import_folders(manifest.name, manifest.packages, files, package.folder):
        for path in module_files(folder):
            yield path, True
    module = manifest.name.replace("-", "_").replace(".", "_")
    prefix = f"{package.folder}/" if package.folder else ""
    for name in (f"{module}.py", f"src/{module}.py"):
        yield f"{prefix}{name}", True
    for name in BESIDE:
        yield f"{prefix}{name}", False


def _text(package: Described, path: str) -> str | None:
    content = package.documents.get(path)
    if content is None:
        return None
    try:
        return decode(content, path)
    except NotUtf8:  # nobody said that it holds a version
        return None
