"""`releasio config upgrade`, by the real program."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Program

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

LOWER = "fix: more\n\nBreaking change: gone"


def section(out: str, key: str) -> list[str]:
    """Return what is said of one setting."""
    _, _, behind = out.partition(f"\n{key}\n")
    return [line.strip() for line in behind.partition("\n\n")[0].splitlines()]


def test_shows_what_each_new_default_does_to_the_next_release(
    releasio: Program, project: Repository
) -> None:
    project.commit(LOWER, **{".releasio.toml": "config_version = 2\n"})
    run = releasio("config", "upgrade")

    assert 0 == run.code, run.err
    assert "config_version 2 -> 3: what changes" in run.out
    assert [
        "2.x: `BREAKING CHANGE:` in any case, anywhere in the body",
        "3: `BREAKING CHANGE:` in upper case, at the beginning of a footer's line",
        "the next release: 0.1.1 would be released, not 0.2.0",
        'keeps the old one: commits.breaking_pattern = "(?i)BREAKING[ -]CHANGE:"',
    ] == section(run.out, "commits.breaking_pattern")
    assert "config_version = 3 in .releasio.toml. Nothing was written." in run.out
    assert "" == project.git("status", "--porcelain")


def test_says_what_the_file_keeps_by_itself(releasio: Program, project: Repository) -> None:
    text = "config_version = 2\ncommits.breaking_pattern = 'GONE:'\n"
    project.commit(LOWER, **{".releasio.toml": text})
    run = releasio("config", "upgrade")

    assert "stays as it is: .releasio.toml:2 sets it" in section(
        run.out, "commits.breaking_pattern"
    )
    assert "matches in any case now, and as it is written then" in run.out


@pytest.mark.parametrize(
    ("text", "headline", "ending"),
    [
        ("mode = 'direct'\n", "No config_version: the newest defaults are in force", "To have"),
        (
            "config_version = 3\n",
            "config_version = 3 is the newest",
            ".releasio.toml needs no change.",
        ),
    ],
)
def test_shows_the_old_ones_where_the_new_ones_are_in_force(
    releasio: Program, project: Repository, text: str, headline: str, ending: str
) -> None:
    project.commit(LOWER, **{".releasio.toml": text})
    run = releasio("config", "upgrade")

    assert headline in run.out
    assert ending in run.out
    assert "the next release: 0.2.0 would be released, not 0.1.1" in run.out


def test_is_about_the_project_in_path(project: Repository) -> None:
    folder = project.path / "elsewhere"
    folder.mkdir()
    run = Program(folder)("config", "upgrade", "..")

    assert 0 == run.code, run.err
    assert "commits.breaking_pattern" in run.out


def test_path_goes_with_nothing_else(releasio: Program) -> None:
    run = releasio("config", ".", "..")

    assert 2 == run.code
    assert "PATH goes with `upgrade`: releasio config .." in run.err


def test_shows_the_defaults_where_there_is_no_release_to_compare(
    releasio: Program, project: Repository
) -> None:
    project.commit("chore: spoil it", **{"pyproject.toml": "[project]\n"})
    run = releasio("config", "upgrade", "--json")
    document = json.loads(run.out)

    assert 0 == run.code
    assert {None} == {each["difference"] for each in document["upgrade"]["defaults"]}
    assert document["notes"][0].startswith("what it does to the next release is not known: ")


def test_a_preview_says_where_a_new_default_counts(releasio: Program, project: Repository) -> None:
    project.commit(LOWER, **{".releasio.toml": "mode = 'direct'\n"})
    run = releasio("check", "--offline")

    assert "the settings file has no config_version, so the newest defaults count" in run.out
    assert "commits.breaking_pattern 0.2.0 would be released, not 0.1.1" in run.out
