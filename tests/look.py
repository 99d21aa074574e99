"""A look at a repository: what releasio finds there, and would release."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from releasio.config.reading.load import load
from releasio.errors.base import together
from releasio.frozen import replace
from releasio.release.decision import Refused, Releases, decide
from releasio.release.reading.gather import gather
from releasio.release.stages import preview_release
from releasio.rules.bump.request import Request
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.release.facts import Facts
    from tests.fakes.repository import Repository
    from tests.fakes.screen import Quiet

# nobody listens on it: a test that asks no index on purpose shows when one is asked
NOBODY = "http://127.0.0.1:9/legacy/"
MANIFEST = '[project]\nname = "demo"\nversion = "1.2.0"\n'


class Look:
    """What releasio finds in a directory."""

    def __init__(self, path: Path, registry: str = NOBODY, *, offline: bool = False) -> None:
        self.path = path
        self.env = {"RELEASIO_PUBLISH_REGISTRY": registry}
        self.offline = offline
        self.screen: Quiet
        self.reasons: tuple[str, ...] = ()

    def facts(self, *, acting: bool = False, request: Request | None = None) -> Facts:
        world, self.screen = world_of(self.path, **self.env)
        world = replace(world, offline=self.offline)
        try:
            return gather(world, self._settings(), request or Request(), acting=acting)
        finally:
            world.close()

    def edits(self) -> tuple[str, ...]:
        """Return the paths that a release would change."""
        match decide(self.facts()):
            case Releases(releases):
                return tuple(edit.path for release in releases for edit in release.edits)
            case Refused(problems, _):
                raise together(problems)
        return ()

    def outcome(self, request: Request | None = None) -> str:
        """Return kind and tag of what would be released, or `nothing`."""
        world, self.screen = world_of(self.path, **self.env)
        world = replace(world, offline=self.offline)
        try:
            seen = preview_release(world, self._settings(), request or Request())
        finally:
            world.close()
        self.reasons = tuple(reason for one in seen.releases for reason in one.reasons)
        return ", ".join(f"{one.kind} {one.tag}" for one in seen.releases) or "nothing"

    def _settings(self):  # noqa: ANN202 -- whatever `load` returns
        return load(self.path, {**os.environ, **self.env})


def offline(repo: Repository) -> Look:
    return Look(repo.path, offline=True)


def set_version(repo: Repository, version: str) -> str:
    """Commit another version, as `update` and a person would."""
    text = MANIFEST.replace("1.2.0", version)
    return repo.commit(f"chore(release): prepare v{version}", **{"pyproject.toml": text})
