"""Which tool collects news fragments, as its settings tell."""

from __future__ import annotations

import pytest

from releasio.config.tables.changelog import ChangelogConfig
from releasio.rules.fragments.collector import Collector, collector_in
from releasio.rules.project.changelog_file import is_undecided, may_be_collected

TABLE = b'[tool.towncrier]\ndirectory = "changes"\n'


@pytest.mark.parametrize(
    ("documents", "tool", "path"),
    [
        ({"pyproject.toml": TABLE}, "towncrier", "pyproject.toml"),
        ({"towncrier.toml": TABLE, "pyproject.toml": None}, "towncrier", "towncrier.toml"),
        ({"pyproject.toml": b'[tool.scriv]\nformat = "md"\n'}, "scriv", "pyproject.toml"),
        ({"setup.cfg": b"[tool.scriv]\nformat = md\n"}, "scriv", "setup.cfg"),
        ({"tox.ini": b"[scriv]\nformat = md\n"}, "scriv", "tox.ini"),
    ],
)
def test_is_named_by_its_settings(documents: dict[str, bytes | None], tool: str, path: str) -> None:
    found = collector_in(documents, "")
    inside = {f"core/{name}": content for name, content in documents.items()}

    assert found == Collector(tool, path)  # type: ignore[arg-type]  # one of the two
    assert Collector(tool, f"core/{path}") == collector_in(inside, "core")  # type: ignore[arg-type]
    assert may_be_collected(inside, "core")
    assert collector_in(documents, "core") is None
    assert not may_be_collected(documents, "core")


@pytest.mark.parametrize(
    "documents",
    [
        {},
        {"pyproject.toml": None},
        {"pyproject.toml": b'[project.optional-dependencies]\ndev = ["towncrier", "scriv"]\n'},
        {"pyproject.toml": b"[tool.towncrier\n"},
        {"towncrier.toml": b'[tool.scriv]\nformat = "md"\n'},
        {"setup.cfg": b"[metadata]\nname = scriv]\n"},
    ],
)
def test_is_none_where_nothing_says_so(documents: dict[str, bytes | None]) -> None:
    assert collector_in(documents, "") is None


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (ChangelogConfig(), True),
        (ChangelogConfig(enabled=False), False),
        (ChangelogConfig(fragments="scriv"), False),
        (ChangelogConfig(path="CHANGES.rst"), False),
    ],
)
def test_is_looked_for_where_nobody_said_how_the_changelog_is_written(
    settings: ChangelogConfig, *, expected: bool
) -> None:
    assert expected is is_undecided(settings)
