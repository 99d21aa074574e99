"""What is on the index, against what a release's tag says it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import raise_all
from releasio.errors.registry import UnknownRegistry
from releasio.errors.release import FileDiffers, FilesMissing, TagHasNoFiles
from releasio.errors.request import UnknownRelease
from releasio.frozen import frozen
from releasio.gather import read_package
from releasio.rules.channel import tag_prefix_of
from releasio.rules.ledger import files_of_tag, registry_of_tag
from releasio.rules.routes import read_routes
from releasio.rules.version import newest_tags, tag_of, tag_version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packaging.version import Version

    from releasio.config.load import Settings
    from releasio.config.model import Config
    from releasio.world.world import World


@frozen
class Comparison:
    """
    A release, file by file.

    Attributes:
        project: The project's name.
        version: In PEP 440 normal form.
        tag: The release's tag.
        registry: The index's name.
        wanted: File name to sha256, as the tag says.
        found: File name to sha256, as the index says.
    """

    project: str
    version: str
    tag: str
    registry: str
    wanted: Mapping[str, str]
    found: Mapping[str, str]

    @property
    def states(self) -> dict[str, str]:
        """File name to `same`, `missing`, `different`, or `not of this release`."""
        told = {name: self._state(name) for name in sorted(self.wanted)}
        extra = sorted(self.found.keys() - self.wanted.keys())
        return told | dict.fromkeys(extra, "not of this release")

    def _state(self, name: str) -> str:
        if name not in self.found:
            return "missing"
        return "same" if self.found[name] == self.wanted[name] else "different"

    def raise_problems(self) -> None:
        """
        Raise what is wrong with the release.

        Raises:
            FileDiffers: The index has other bytes than the tag names.
            FilesMissing: The index lacks files.
            Problems: Several of these.
        """
        states = self.states
        errors = [
            FileDiffers(name, self.registry, here=self.wanted[name], there=self.found[name])
            for name, state in states.items()
            if state == "different"
        ]
        missing = [name for name, state in states.items() if state == "missing"]
        raise_all([*errors, *([FilesMissing(self.tag, missing, self.registry)] if missing else [])])


def compare_release(world: World, settings: Settings, wanted: str | None) -> Comparison:
    """
    Compare the release of version *wanted*, or the newest tagged one, with the index.

    Raises:
        UnknownRelease: No tag names that version.
        TagHasNoFiles: The tag was made by another tool and does not name files.
        UnknownRegistry: It says that they went to a registry that has no name here.
        IndexUnreachable: The index did not answer.
    """
    config = settings.config
    by_hand = "publish.registry" in settings.by_hand
    routes = read_routes(config.publish, config.registries, by_hand=by_hand)
    tag, number, prefix = _tag_of(world, config, wanted)
    version, message = str(number), world.git.tag_message(tag)
    files, to = files_of_tag(message), registry_of_tag(message)
    if not files:
        raise TagHasNoFiles(tag)
    way = routes.again(routes.of(tag, number, world.git.branch(), prefix), to)
    if way is None:
        raise UnknownRegistry(to, known=list(routes.known), nearest=None)
    registry = way.registry
    manifest = read_package(world, tag)
    index = world.index(registry)
    there = index.files(manifest.name, version) or ()
    found = {file.name: index.sha256_of(file) for file in there}
    return Comparison(manifest.name, version, tag, registry.name, files, found)


def _tag_of(world: World, config: Config, wanted: str | None) -> tuple[str, Version, str]:
    """Return the tag of version *wanted*, the version, and what stands before it in tags."""
    names = [tag.name for tag in world.git.tags()]
    prefix = tag_prefix_of(config, world.git.branch(), names)
    tags = newest_tags(names, prefix)
    tag = tag_of(wanted, tags, prefix) if wanted is not None else next(iter(tags), "")
    version = tag_version(tag, prefix)
    if version is None:
        raise UnknownRelease(None, prefix)
    return tag, version, prefix
