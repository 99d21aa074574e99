"""What a plan is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from releasio.release.release import Release
    from releasio.rules.contents.record import Record
    from releasio.steps.step import Step

Stage = Literal["prepare", "build", "publish", "propose", "yank"]


@frozen
class Plan:
    """
    The steps of one stage, in order: complete and printable.

    Attributes:
        stage: Which of the three of a release it is; or what comes before it (`propose`), or after.
        tags: The releases it belongs to.
        steps: What is to be done; a step that is done already is still listed.
    """

    stage: Stage
    tags: tuple[str, ...]
    steps: tuple[Step, ...]


@frozen
class Built:
    """Checked files and the folder they lie in."""

    record: Record
    folder: Path


def tags_of(releases: Iterable[Release]) -> tuple[str, ...]:
    """Return the tags of *releases*."""
    return tuple(release.tag for release in releases)
