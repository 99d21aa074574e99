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
    assert (
        "To have the new ones: config_version = 3 in .releasio.toml, which --execute writes. "
        "Nothing was written."
    ) in run.out
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


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# ours\nconfig_version = 2  # old\n", "# ours\nconfig_version = 3  # old\n"),
        (
            "mode = 'direct'\r\n\r\n[publish]  # it\r\n",
            "mode = 'direct'\r\nconfig_version = 3\r\n\r\n[publish]  # it\r\n",
        ),
    ],
)
def test_writes_one_line_and_keeps_every_other_byte(
    releasio: Program, project: Repository, before: str, after: str
) -> None:
    project.commit(LOWER, **{".releasio.toml": before})
    run = releasio("config", "upgrade", "--execute")

    assert 0 == run.code, run.err
    assert "Wrote config_version = 3 to .releasio.toml." in run.out
    assert after.encode() == (project.path / ".releasio.toml").read_bytes()
    assert " M .releasio.toml" == project.git("status", "--porcelain").rstrip()


def test_writes_into_a_table_of_pyproject_where_there_is_no_file(
    releasio: Program, project: Repository
) -> None:
    text, _, _ = project.read("pyproject.toml").partition("[tool.releasio]")
    before = f"{text.rstrip()}\n"
    project.commit(LOWER, **{"pyproject.toml": before})
    first = releasio("config", "upgrade", "-x", "--json")
    second = releasio("config", "upgrade", "-x", "--json")

    written = [json.loads(run.out)["upgrade"]["written"] for run in (first, second)]
    assert [True, False] == written
    assert f"{before}\n[tool.releasio]\nconfig_version = 3\n" == project.read("pyproject.toml")


def test_a_file_that_would_change_elsewhere_stays_and_gets_words(
    releasio: Program, project: Repository
) -> None:
    # without a line feed at the end, tomlkit writes the new key into the same line
    text = "registries.corp.url = 'https://corp.example/legacy/'"
    project.commit(LOWER, **{".releasio.toml": text})
    run = releasio("config", "upgrade", "-x")

    assert (1, text) == (run.code, project.read(".releasio.toml"))
    assert "error: .releasio.toml cannot be changed without changing more of it than" in run.err
    assert "  Write it yourself: config_version = 3\n" in run.err


def test_execute_goes_with_nothing_else(releasio: Program) -> None:
    run = releasio("config", "--execute")

    assert 2 == run.code
    assert "--execute goes with `upgrade`; nothing else is written." in run.err


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
