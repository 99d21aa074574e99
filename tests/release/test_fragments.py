"""The fragments at HEAD, where the settings of their tools say they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.look import MANIFEST, Look

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

IN_MANIFEST = '[tool.towncrier]\ndirectory = "news"\n'
OWN = '[tool.towncrier]\ndirectory = "own"\n'
ADDED, FIXED = "### Added\n\n- it\n", "### Fixed\n\n- it\n"


def fragments(repo: Repository, tool: str, tables: str = "", **files: str) -> list[tuple[str, str]]:
    """Return path and type of each fragment of a project with *files*."""
    settings = f'\n[tool.releasio.changelog]\nfragments = "{tool}"\n'
    repo.commit("feat: begin", **{"core/pyproject.toml": MANIFEST + settings + tables, **files})
    found = Look(repo.path / "core", offline=True).facts().package().reading.fragments
    return [tuple(fragment) for fragment in found or ()]  # type: ignore[misc] # two


@pytest.mark.parametrize(
    ("tables", "files", "folder"),
    [
        ("", {}, "newsfragments"),
        (IN_MANIFEST, {}, "news"),
        (IN_MANIFEST, {"core/towncrier.toml": OWN}, "own"),
        ('[tool.towncrier]\ndirectory = "../shared"\n', {}, "../shared"),
    ],
)
def test_of_towncrier(repo: Repository, tables: str, files: dict[str, str], folder: str) -> None:
    place = f"core/{folder}".replace("core/../", "")
    names = ("1.feature.rst", "web/2.bugfix.rst", "README.feature.rst", "_template.doc.rst")
    files |= {f"{place}/{name}": "x\n" for name in names} | {"core/elsewhere/3.doc": "x\n"}

    assert [(f"{place}/1.feature.rst", "feature")] == fragments(repo, "towncrier", tables, **files)


def test_of_towncriers_sections(repo: Repository) -> None:
    sections = '[[tool.towncrier.section]]\npath = ""\n[[tool.towncrier.section]]\npath = "web"\n'
    files = {f"core/news/{name}": "x\n" for name in ("1.doc", "web/2.doc", "old/3.doc")}

    assert [("core/news/1.doc", "doc"), ("core/news/web/2.doc", "doc")] == (
        fragments(repo, "towncrier", IN_MANIFEST + sections, **files)
    )


@pytest.mark.parametrize(
    ("tables", "files", "folder"),
    [
        ("", {}, "changelog.d"),
        ('[tool.scriv]\nfragment_directory = "news"\n', {}, "news"),
        ("", {"core/setup.cfg": "[scriv]\nfragment_directory = news\n"}, "news"),
        (
            '[tool.scriv]\nfragment_directory = "other"\n',
            {"core/other/scriv.ini": "[scriv]\nfragment_directory = news\n"},
            "news",
        ),
    ],
)
def test_of_scriv(repo: Repository, tables: str, files: dict[str, str], folder: str) -> None:
    files |= {f"core/{folder}/a.md": ADDED, f"core/{folder}/b.md": FIXED}
    files |= {f"core/{folder}/README.md": ADDED, f"core/{folder}/c.txt": ADDED}

    assert [(f"core/{folder}/a.md", "added"), (f"core/{folder}/b.md", "fixed")] == (
        fragments(repo, "scriv", tables, **files)
    )


def test_are_not_read_where_no_tool_is_named(repo: Repository) -> None:
    repo.commit("feat: begin", **{"pyproject.toml": MANIFEST, "newsfragments/1.feature": "x\n"})

    assert Look(repo.path, offline=True).facts().package().reading.fragments is None
