"""What a pull request's title says, and where CI keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.request import TitleNotConventional, TitleNotGiven
from releasio.frozen import frozen
from releasio.rules.bump.level import level_of
from releasio.rules.commits.commit import Commit
from releasio.rules.commits.nearest_title import nearest_titles
from releasio.rules.commits.reading import read_changes
from releasio.rules.conventions.convention import convention_of
from releasio.rules.conventions.conventional import KNOWN_TYPES
from releasio.world.ci.ci import read_event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.config.tables.model import Config
    from releasio.rules.commits.reading import Reading


@frozen
class Title:
    """A title that is a conventional commit."""

    title: str
    type: str
    scope: str | None
    level: str

    @property
    def meaning(self) -> str:
        """What merging it would do to the version, as a sentence."""
        if self.level == "none":
            return f"{self.type}: raises no version by itself"
        return f"{self.type}: a {self.level} change"


def title_of(env: Mapping[str, str]) -> str:
    """
    Return the title CI knows: `GITHUB_PR_TITLE`, else the event's payload.

    Raises:
        TitleNotGiven: Neither has one.
    """
    if title := env.get("GITHUB_PR_TITLE"):
        return title
    match read_event(env):
        case {"pull_request": {"title": str(title)}}:
            return title
    raise TitleNotGiven


def suggestion_for(title: str, config: Config) -> str | None:
    """
    Return the nearest title that these settings take, for one that they do not take.

    Also for one whose type they take and do not know, such as `feature`. `None`: none is near, or
    *title* is fine.
    """
    commits = config.commits
    types = {*commits.types_major, *commits.types_minor, *commits.types_patch}
    types |= {*commits.types_ignore, *convention_of(commits.convention).levels}
    reading = _read(title, config)
    if reading.changes and reading.changes[0].type in types | KNOWN_TYPES:
        return None
    if commits.commit_parsers and reading.changes:
        return None  # whoever wrote them knows the types
    candidates = nearest_titles(title.strip(), types)
    return next((one for one in candidates if one != title and _read(one, config).changes), None)


def _read(title: str, config: Config) -> Reading:
    return read_changes([Commit("0" * 40, (), "", "", 0, title.strip())], config.commits)


def _hint(title: str, config: Config) -> dict[str, str]:
    """Return the title that is near, or how one is written by another convention."""
    if suggestion := suggestion_for(title, config):
        return {"hint": f'Did you mean "{suggestion}"?'}
    name = config.commits.convention
    if name == "conventional":
        return {}
    example = convention_of(name).example
    return {"hint": f'Write it as commits.convention = "{name}" has it, such as "{example}".'}


def read_title(title: str, config: Config, *, require_scope: bool) -> Title:
    """
    Read *title* as the subject of the squash commit it will become.

    Raises:
        TitleNotConventional: It says no type, an empty description, or lacks a scope.
    """
    reading = _read(title, config)
    if not reading.changes:
        reason = reading.left_out[0].reason if reading.left_out else "it says nothing"
        raise TitleNotConventional(title, reason, **_hint(title, config))
    change = reading.changes[0]
    if require_scope and not change.scope:
        raise TitleNotConventional(title, "a scope is required, as in `feat(parser): ...`")
    return Title(title, change.type, change.scope, level_of(reading, config.commits).label)
