"""What is different in the manifest of a real repository, and what is released for it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from releasio.cli.show.data import package_data
from releasio.config.tables.model import Config
from releasio.release.changed_defaults import undated_notes
from releasio.release.decision import decide
from tests.look import Look, offline
from tests.release.notes_text import notes_of
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.repository import Repository

MANIFEST = """\
[project]
name = "demo"
version = "1.2.0"
requires-python = ">=3.9"
dependencies = ["httpx>=0.27"]

[project.optional-dependencies]
fast = ["orjson"]
"""
RAISED = MANIFEST.replace("httpx>=0.27", "httpx>=0.28")
NARROWED = MANIFEST.replace(">=3.9", ">=3.11")


@pytest.fixture
def demo(repo: Repository) -> Repository:
    repo.commit("feat: begin", **{"pyproject.toml": MANIFEST})
    repo.tag("v1.2.0")
    return repo


def reasons(repo: Repository) -> tuple[str, ...]:
    (release,) = decide(offline(repo).facts()).releases  # type: ignore[union-attr] # it has some
    return release.reasons


class TestRaises:
    @pytest.mark.parametrize(
        ("manifest", "expected"),
        [
            (RAISED, "new v1.2.1"),
            (NARROWED, "new v1.3.0"),
            (MANIFEST.replace('fast = ["orjson"]', ""), "new v1.3.0"),
            (f'{MANIFEST}[project.scripts]\ndemo = "demo:main"\n', "new v1.2.1"),
            (f'{MANIFEST}[dependency-groups]\ndev = ["pytest"]\n', "nothing"),
            (f"{MANIFEST}[tool.ruff]\nline-length = 100\n", "nothing"),
        ],
    )
    def test_whatever_the_commit_says(self, demo: Repository, manifest: str, expected: str) -> None:
        demo.commit("chore(deps): update", **{"pyproject.toml": manifest})

        assert expected == offline(demo).outcome()

    def test_not_less_than_the_commits_say(self, demo: Repository) -> None:
        demo.commit("chore(deps): update", **{"pyproject.toml": RAISED})
        demo.commit("feat: a thing", **{"src/demo/a.py": "x\n"})

        assert "new v1.3.0" == offline(demo).outcome()

    @pytest.mark.parametrize("mode", ["notes", "off"])
    def test_nothing_where_the_settings_say_so(self, demo: Repository, mode: str) -> None:
        settings = f'config_version = 3\n[changes]\nmetadata = "{mode}"\n'
        demo.commit("build: x", **{"pyproject.toml": NARROWED, ".releasio.toml": settings})

        assert "nothing" == offline(demo).outcome()

    def test_nothing_where_it_was_changed_and_changed_back(self, demo: Repository) -> None:
        demo.commit("chore(deps): update", **{"pyproject.toml": RAISED})
        demo.commit("chore(deps): back", **{"pyproject.toml": MANIFEST})

        assert "nothing" == offline(demo).outcome()

    def test_by_setup_cfg(self, repo: Repository) -> None:
        text = "[metadata]\nname = demo\nversion = 1.2.0\n[options]\ninstall_requires = httpx>={}\n"
        files = {"setup.cfg": text.format("0.27"), "setup.py": "from setuptools import setup\n"}
        repo.commit("feat: begin", **files)
        repo.tag("v1.2.0")
        repo.commit("chore: update", **{"setup.cfg": text.format("0.28")})

        assert "new v1.2.1" == offline(repo).outcome()

    def test_not_by_a_manifest_that_says_the_same_elsewhere(self, repo: Repository) -> None:
        """
        From setup.cfg to pyproject.toml, users get what they got before.
        """
        text = "[metadata]\nname = demo\nversion = 1.2.0\n[options]\ninstall_requires =\n  httpx\n"
        repo.commit("feat: begin", **{"setup.cfg": f"{text}python_requires = >= 3.9\n"})
        repo.tag("v1.2.0")
        repo.git("rm", "--quiet", "setup.cfg")
        manifest = (
            '[project]\nname = "demo"\nversion = "1.2.0"\n'
            'requires-python = ">=3.9"\ndependencies = ["httpx"]\n'
        )
        repo.commit("build: move", **{"pyproject.toml": manifest})

        assert "nothing" == offline(repo).outcome()

    def test_a_branch_named_like_the_tag_is_not_looked_at(self, demo: Repository) -> None:
        demo.commit("chore(deps): update", **{"pyproject.toml": RAISED})
        demo.git("branch", "v1.2.0")

        assert "new v1.2.1" == offline(demo).outcome()


class TestPartialClone:
    def test_is_asked_for_nothing_offline(self, demo: Repository, tmp_path: Path) -> None:
        """
        What the last release said is not here, and git would fetch it by itself.
        """
        demo.commit("fix: x", **{"pyproject.toml": NARROWED})
        demo.git("config", "uploadpack.allowFilter", "true")
        clone = demo.clone(tmp_path / "clone", "--filter=blob:none")
        (package,) = offline(clone).facts().packages

        (warning,) = package.reading.warnings
        assert (
            "this clone lacks files of v1.2.0 or later, and nobody was asked for them: "
            "what users need and get was not compared"
        ) == warning
        assert "new v1.2.1" == offline(clone).outcome()
        assert "?" in clone.git("rev-list", "--objects", "--all", "--missing=print")

    def test_without_trees_goes_by_words(self, demo: Repository, tmp_path: Path) -> None:
        demo.commit("fix: x", **{"docs/a.md": "x\n"})
        demo.commit("docs: x", **{"docs/b.md": "x\n"})
        demo.git("config", "uploadpack.allowFilter", "true")
        clone = demo.clone(tmp_path / "clone", "--filter=tree:0")

        assert "new v1.2.1" == offline(clone).outcome()
        assert "nothing" == Look(clone.path).outcome()

    def test_gets_it_where_somebody_may_be_asked(self, demo: Repository, tmp_path: Path) -> None:
        demo.commit("fix: x", **{"pyproject.toml": NARROWED})
        demo.git("config", "uploadpack.allowFilter", "true")
        clone = demo.clone(tmp_path / "clone", "--filter=blob:none")

        assert "new v1.3.0" == Look(clone.path).outcome()


class TestIsNamed:
    def test_in_the_reasons(self, demo: Repository) -> None:
        demo.commit("build: python", **{"pyproject.toml": NARROWED})

        assert (
            "requires-python: `>=3.9` -> `>=3.11`: raises the minor number (changes.dropped)"
            in reasons(demo)
        )

    def test_in_the_notes(self, demo: Repository) -> None:
        demo.commit("build: python", **{"pyproject.toml": NARROWED})
        demo.commit("fix: a thing", **{"src/demo/a.py": "x\n"})
        world, _ = world_of(demo.path)
        with closing(world):
            (section,) = notes_of(world, Config(), None)

        assert (
            "## Unreleased\n\n### Changed\n\n- requires-python: `>=3.9` -> `>=3.11`\n\n"
            "### Fixed\n\n- a thing\n"
        ) == section

    def test_as_of_the_commit_that_changed_the_manifest(self, demo: Repository) -> None:
        commit = demo.commit("build: python", **{"pyproject.toml": NARROWED})
        demo.commit("docs: tell", **{"docs/a.md": "x\n"})
        (package,) = offline(demo).facts().packages

        assert [commit] == [effect.commit for effect in package.reading.effects]

    def test_in_json(self, demo: Repository) -> None:
        demo.commit("build: python", **{"pyproject.toml": NARROWED})
        (package,) = offline(demo).facts().packages

        assert [
            {
                "what": "requires-python: `>=3.9` -> `>=3.11`",
                "setting": "changes.dropped",
                "raises": "minor",
            }
        ] == package_data(package, None, None)["effects"]

    def test_not_where_notes_leave_the_type_out(self, demo: Repository) -> None:
        settings = 'config_version = 3\n[changelog]\nexclude_types = ["metadata"]\n'
        demo.commit("fix: x", **{"pyproject.toml": NARROWED, ".releasio.toml": settings})
        (release,) = decide(offline(demo).facts()).releases  # type: ignore[union-attr] # one

        assert "requires-python" not in release.notes


def test_old_defaults_are_named_where_they_release_less(demo: Repository) -> None:
    demo.commit("build: x", **{"pyproject.toml": RAISED, ".releasio.toml": 'mode = "direct"\n'})
    (note,) = undated_notes(offline(demo).facts())

    assert "by the old default of changes.metadata nothing would be, not 1.2.1" in note
