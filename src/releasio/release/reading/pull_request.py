"""What a pull request's title says, and where CI keeps it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from releasio.errors.request import TitleNotConventional, TitleNotGiven
from releasio.frozen import frozen
from releasio.rules.bump.level import level_of
from releasio.rules.commits.commit import Commit
from releasio.rules.commits.reading import read_changes
from releasio.rules.conventions.convention import convention_of
from releasio.text.json_text import read_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.config.tables.model import Config


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
    path = Path(env.get("GITHUB_EVENT_PATH") or "missing")
    try:
        event = read_json(path.read_text(encoding="utf-8"))
        return str(event["pull_request"]["title"])
    except (OSError, ValueError, KeyError, TypeError):
        raise TitleNotGiven from None


def _hint(config: Config) -> dict[str, str]:
    """Return how a title is written, where that is not as Conventional Commits have it."""
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
    commit = Commit("0" * 40, (), "", "", 0, title.strip())
    reading = read_changes([commit], config.commits)
    if not reading.changes:
        reason = reading.left_out[0].reason if reading.left_out else "it says nothing"
        raise TitleNotConventional(title, reason, **_hint(config))
    change = reading.changes[0]
    if require_scope and not change.scope:
        raise TitleNotConventional(title, "a scope is required, as in `feat(parser): ...`")
    return Title(title, change.type, change.scope, level_of(reading, config.commits).label)
