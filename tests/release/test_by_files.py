"""What counts as a change by its files, in real repositories."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from releasio.config.tables.model import Config
from releasio.release.changed_defaults import undated_notes
from tests.look import MANIFEST, offline
from tests.release.notes_text import notes_of
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

OUTSIDE = "only files that are not in the package: "
BY_WORDS = "config_version = 3\n[changes]\nby_files = false\n"


@pytest.fixture
def demo(repo: Repository) -> Repository:
    repo.commit("feat: begin", **{"pyproject.toml": MANIFEST, "src/demo/__init__.py": "\n"})
    repo.tag("v1.2.0")
    return repo


def left_out(repo: Repository) -> list[str]:
    (package,) = offline(repo).facts().packages
    return [entry.reason for entry in package.reading.left_out]


class TestReleasesNothing:
    @pytest.mark.parametrize(
        "path",
        ["docs/index.md", "tests/test_demo.py", ".github/workflows/ci.yml", "uv.lock", "tox.ini"],
    )
    def test_what_touches_nothing_of_the_package(self, demo: Repository, path: str) -> None:
        demo.commit("feat: add a thing", **{path: "x\n"})

        assert "nothing" == offline(demo).outcome()
        assert [f"{OUTSIDE}{path}"] == left_out(demo)

    def test_a_merge_whose_title_speaks_for_such_commits(self, demo: Repository) -> None:
        demo.git("switch", "--quiet", "--create", "topic")
        demo.commit("some words", **{"docs/a.md": "x\n"})
        demo.git("switch", "--quiet", "main")
        demo.git("merge", "--quiet", "--no-ff", "-m", "feat: tell more (#7)", "topic")

        assert "nothing" == offline(demo).outcome()

    def test_a_removed_file_and_a_renamed_one(self, demo: Repository) -> None:
        demo.commit("docs: tell", **{"docs/a.md": "x\n" * 9, "docs/b.md": "y\n"})
        demo.git("rm", "--quiet", "docs/b.md")
        demo.git("mv", "docs/a.md", "docs/c.md")
        demo.commit("fix: the page")

        assert "nothing" == offline(demo).outcome()

    def test_the_notes_do_not_tell_it_either(self, demo: Repository) -> None:
        demo.commit("feat: a workflow", **{".github/workflows/a.yml": "x\n"})
        demo.commit("fix: a thing", **{"src/demo/a.py": "x\n"})
        world, _ = world_of(demo.path)
        with closing(world):
            (section,) = notes_of(world, Config(), None)

        assert "## Unreleased\n\n### Fixed\n\n- a thing\n" == section
        assert "new v1.2.1" == offline(demo).outcome()


class TestReleasesAsTheWordsSay:
    @pytest.mark.parametrize(
        "path",
        [
            "README.md",
            "src/demo/tests/test_demo.py",
            "src/demo/data.json",
            "LICENSE",
            "ext/fast.c",
            "anything/else.txt",
        ],
    )
    def test_files_of_the_package_and_those_that_nobody_knows(
        self, demo: Repository, path: str
    ) -> None:
        demo.commit("feat: add a thing", **{path: "x\n"})

        assert "new v1.3.0" == offline(demo).outcome()

    def test_one_file_of_the_package_is_enough(self, demo: Repository) -> None:
        demo.commit("feat: add", **{"docs/a.md": "x\n", "tests/a.py": "x\n", "src/demo/a.py": ""})

        assert "new v1.3.0" == offline(demo).outcome()

    @pytest.mark.parametrize(
        ("message", "expected"),
        [
            ("feat!: say it otherwise", "new v2.0.0"),
            ("fix: say it\n\nBREAKING CHANGE: otherwise", "new v2.0.0"),
            ("docs: say it\n\nRelease-As: 1.5.0", "new v1.5.0"),
        ],
    )
    def test_what_always_counts(self, demo: Repository, message: str, expected: str) -> None:
        demo.commit(message, **{"docs/a.md": "x\n"})

        assert expected == offline(demo).outcome()

    def test_an_empty_commit(self, demo: Repository) -> None:
        demo.commit("fix: release what was merged before")

        assert "new v1.2.1" == offline(demo).outcome()

    def test_a_merge_by_what_it_brings(self, demo: Repository) -> None:
        demo.git("switch", "--quiet", "--create", "topic")
        demo.commit("some words", **{"src/demo/a.py": "x\n"})
        demo.git("switch", "--quiet", "main")
        demo.commit("docs: tell", **{"docs/a.md": "x\n"})
        demo.git("merge", "--quiet", "--no-ff", "-m", "feat: a thing (#7)", "topic")

        assert "new v1.3.0" == offline(demo).outcome()

    def test_types_that_somebody_chose(self, demo: Repository) -> None:
        settings = 'config_version = 3\n[commits]\ntypes_patch = ["fix", "perf", "docs"]\n'
        demo.commit("docs: tell", **{"docs/a.md": "x\n", ".releasio.toml": settings})

        assert "new v1.2.1" == offline(demo).outcome()

    @pytest.mark.parametrize("settings", [BY_WORDS, "config_version = 2\n"])
    def test_all_where_the_settings_go_by_words(self, demo: Repository, settings: str) -> None:
        demo.commit("fix: tell", **{"docs/a.md": "x\n", ".releasio.toml": settings})

        assert "new v1.2.1" == offline(demo).outcome()

    def test_the_description_wherever_it_is(self, demo: Repository) -> None:
        described = f'{MANIFEST}readme = "docs/about.md"\n'
        demo.commit("build: describe", **{"pyproject.toml": described})
        demo.commit("fix: tell it right", **{"docs/about.md": "x\n"})

        assert "new v1.2.1" == offline(demo).outcome()

    def test_workflows_that_build_wheels(self, demo: Repository) -> None:
        """
        Which platforms there are wheels for is what users get of such a workflow.
        """
        workflow = "jobs: {a: {steps: [{uses: pypa/cibuildwheel@v3}]}}\n"
        demo.commit("feat: build for aarch64", **{".github/workflows/wheels.yml": workflow})

        assert "new v1.3.0" == offline(demo).outcome()


class TestSettings:
    def test_what_is_ignored_besides(self, demo: Repository) -> None:
        settings = 'config_version = 3\n[changes]\nignore = ["examples/", "!docs/api.md"]\n'
        demo.commit("chore: settings", **{".releasio.toml": settings})
        demo.commit("feat: an example", **{"examples/a.py": "x\n"})
        before = offline(demo).outcome()
        demo.commit("fix: what the page says", **{"docs/api.md": "x\n"})

        assert ("nothing", "new v1.2.1") == (before, offline(demo).outcome())

    def test_a_project_in_a_folder(self, repo: Repository) -> None:
        repo.commit("feat: begin", **{"python/pyproject.toml": MANIFEST})
        repo.tag("v1.2.0")
        repo.commit("feat: test", **{"python/tests/a.py": "x\n", ".github/a.yml": "x\n"})
        look = offline(repo)
        look.path = repo.path / "python"
        before = look.outcome()
        repo.commit("fix: mend", **{"python/demo/a.py": "x\n"})

        assert ("nothing", "new v1.2.1") == (before, look.outcome())


def test_old_defaults_are_named_where_they_release_more(demo: Repository) -> None:
    demo.commit("fix: tell", **{"docs/a.md": "x\n", ".releasio.toml": 'mode = "direct"\n'})
    (note,) = undated_notes(offline(demo).facts())

    assert "by the old default of changes.by_files 1.2.1 would be released, not nothing" in note
