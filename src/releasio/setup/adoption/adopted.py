"""What another tool was told, in settings of releasio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable


@frozen
class Translated:
    """
    A setting of ours that says what one of another tool says.

    Attributes:
        key: Ours, dotted: `version.tag_prefix`.
        value: What it is set to, as TOML has it.
        foreign: What says it there: `tag_format`; empty: a default of the tool.
        place: Where that stands: `pyproject.toml:12`.
    """

    key: str
    value: object
    foreign: str
    place: str


@frozen
class Untranslated:
    """
    A setting of another tool that no setting of ours says.

    Attributes:
        foreign: What it is called there; empty: a default of the tool.
        reason: Why there is none; a clause.
        instead: What to do about it; a sentence.
        place: Where it stands: `pyproject.toml:12`.
    """

    foreign: str
    reason: str
    instead: str
    place: str


@frozen
class Broken:
    """
    A file of another tool that cannot be read.

    Attributes:
        place: The file and the line: `.cz.json:3`.
        reason: Why; a clause.
    """

    place: str
    reason: str


@frozen
class Adopted:
    """
    Another tool that releases this project, and what it was told.

    Attributes:
        tool: Its name: `python-semantic-release`.
        places: Where that stands: `pyproject.toml:65`.
        translated: What is said by settings of ours that differ from their defaults.
        untranslated: What is not.
        broken: Its files that say nothing, for they cannot be read.
    """

    tool: str
    places: tuple[str, ...]
    translated: tuple[Translated, ...] = ()
    untranslated: tuple[Untranslated, ...] = ()
    broken: tuple[Broken, ...] = ()

    @property
    def settings(self) -> dict[str, Any]:
        """What is translated, as the tables of a settings file."""
        return nested(self.translated)


def proposes_releases(tool: Adopted) -> bool:
    """Whether *tool* opens pull requests that make a release when they are merged."""
    return tool.settings.get("mode") == "pull-request"


def nested(translated: Iterable[Translated]) -> dict[str, Any]:
    """Return the settings of *translated* as nested tables; of one key the first value counts."""
    tables: dict[str, Any] = {}
    for setting in translated:
        *names, key = setting.key.split(".")
        table = tables
        for name in names:
            table = table.setdefault(name, {})
        table.setdefault(key, setting.value)
    return tables
