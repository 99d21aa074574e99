"""Which tool collects news fragments here, where releasio's own settings do not say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from releasio.frozen import frozen
from releasio.rules.fragments.scriv import ini_table
from releasio.rules.project.changelog_file import COLLECTOR_FILES
from releasio.rules.project.project_files import MANIFEST
from releasio.rules.project.toml_string import toml_or_none, value_at

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class Collector:
    """
    A tool that collects news fragments.

    Attributes:
        tool: What `changelog.fragments` calls it.
        path: The file with its settings.
    """

    tool: Literal["towncrier", "scriv"]
    path: str


def collector_in(documents: Mapping[str, bytes | None], folder: str) -> Collector | None:
    """
    Return the tool whose settings are among *documents*; `None`: there are none.

    Args:
        documents: By path in the repository; those of `COLLECTOR_FILES` count.
        folder: The project's.
    """
    for name in COLLECTOR_FILES:
        path = f"{folder}/{name}" if folder else name
        content = documents.get(path) or b""
        if name.endswith(".toml"):
            tables = toml_or_none(content)
            if isinstance(value_at(tables, ("tool", "towncrier")), dict):
                return Collector("towncrier", path)
            if name == MANIFEST and isinstance(value_at(tables, ("tool", "scriv")), dict):
                return Collector("scriv", path)
        elif ini_table(content.decode("utf-8", "replace")):
            return Collector("scriv", path)
    return None
