"""What init reads of a project, and asks an index."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

import httpx
import pytest

from releasio.config.reading.load import load
from releasio.errors.project.package import NotAPackage
from releasio.setup.init.reading import asks_index, read_project
from releasio.world.git.git import Git
from releasio.world.world import World
from tests.fakes.index import FakeIndex
from tests.fakes.projects import static_project
from tests.fakes.repository import Repository
from tests.fakes.screen import Quiet
from tests.fakes.world import with_index

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.setup.init.project import Project

WORKFLOW = "on: push\njobs: {p: {steps: [{uses: pypa/gh-action-pypi-publish@release/v1}]}}\n"
ROOT = '[tool.uv.workspace]\nmembers = ["packages/*"]\n'
BEFORE_ALL = "[tool.cibuildwheel.linux]\nbefore-all = 'sh rust.sh'\n"
PLAIN_TEST = "python -m pip install . pytest"
JSON = {"Content-Type": "application/vnd.pypi.simple.v1+json"}


def world_of(repo: Repository) -> World:
    git = Git.open(repo.path, os.environ)
    return World(git=git, project=repo.path, env={}, screen=Quiet(), offline=True)


def read(repo: Repository, folder: Path | None = None) -> Project:
    with closing(world_of(repo)) as world:
        return read_project(folder or repo.path, load(folder or repo.path, {}), {}, world)


class TestRead:
    def test_the_work_tree_counts_not_the_commit(self, repo: Repository) -> None:
        static_project(repo)
        repo.write("pyproject.toml", repo.read("pyproject.toml").replace("0.1.0", "0.3.0"))
        repo.write(".github/workflows/publish.yml", WORKFLOW)
        project = read(repo)

        assert "0.3.0" == str(project.manifest.version)
        assert ["pypi"] == [upload.target for upload in project.contents.uploads]
        assert (("demo",), ">=3.11") == (
            project.contents.modules, project.contents.requires_python
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("name", "expected"),
        [("tests/test_it.py", True), ("test/unit/it_test.py", True), ("tests/__init__.py", False)],
    )
    def test_tests_are_files_that_pytest_would_run(
        self, repo: Repository, name: str, *, expected: bool
    ) -> None:
        static_project(repo)
        repo.write(name, "")

        assert expected is read(repo).contents.has_tests

    def test_a_changelog_in_an_unusual_place_tells_of_the_tags(self, repo: Repository) -> None:
        folder = repo.path / "packages/demo"
        folder.mkdir(parents=True)
        static_project(Repository(folder))
        repo.tag("v0.1.0")
        repo.write("docs/history.md", "# All\n\n## 0.1.0\n")
        outside = read(repo, folder).contents
        repo.write("packages/demo/docs/history/demo.md", "# All\n\n## 0.1.0\n")
        inside = read(repo, folder).contents

        assert ("", "docs/history.md") == (outside.changelog, outside.changelog_outside)
        assert ("docs/history/demo.md", "") == (inside.changelog, inside.changelog_outside)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("[dependency-groups]\ntest = ['pytest']\n", "python -m pip install . --group test"),
            (
                "[project.optional-dependencies]\ntests = ['demo[cov]']\ncov = ['pytest']\n",
                "python -m pip install '.[tests]'",
            ),
            ("[tool.poetry.group.test.dependencies]\nattrs = '*'\n", PLAIN_TEST),
        ],
    )
    def test_what_tests_need_is_where_the_manifest_lists_it(
        self, repo: Repository, text: str, expected: str
    ) -> None:
        project = '[project]\nname = "demo"\nversion = "0.1.0"\n'
        repo.commit("feat: begin", **{"pyproject.toml": project + text})

        assert expected == read(repo).contents.test_installs[-1]

    def test_what_tests_need_may_be_in_setup_cfg(self, repo: Repository) -> None:
        text = "[metadata]\nname = demo\nversion = 0.1.0\n"
        extras = "[options.extras_require]\ntest = pytest\n"
        repo.commit("feat: begin", **{"setup.cfg": f"{text}\n{extras}"})

        assert ("python -m pip install '.[test]'",) == read(repo).contents.test_installs

    @pytest.mark.parametrize(
        ("name", "text", "expected"),
        [
            ("pyproject.toml", '[build-system]\nbuild-backend = "maturin"\n', True),
            ("pyproject.toml", '[build-system]\nbuild-backend = "hatchling.build"\n', False),
            ("pyproject.toml", "[tool.cibuildwheel]\nskip = []\n", True),
            ("pyproject.toml", "[[tool.setuptools.ext-modules]]\nname = 'd'\n", True),
            ("pyproject.toml", "[[tool.setuptools-rust.ext-modules]]\ntarget = 'd'\n", True),
            ("setup.py", "setup(name='demo', version='1', ext_modules=[E])\n", True),
        ],
    )
    def test_compiled_parts_show_in_how_it_is_built(
        self, repo: Repository, name: str, text: str, *, expected: bool
    ) -> None:
        project = '[project]\nname = "demo"\nversion = "0.1.0"\n'
        repo.write("pyproject.toml", project)
        repo.write(name, project + text if name == "pyproject.toml" else text)
        repo.commit("feat: begin")

        assert expected is read(repo).contents.is_compiled

    @pytest.mark.parametrize(
        ("tables", "expected"),
        [
            ("[build-system]\nbuild-backend = 'maturin'\n", True),
            ("[[tool.setuptools-rust.ext-modules]]\ntarget = 'd'\n", True),
            ("[build-system]\nbuild-backend = 'mesonpy'\n", False),
            (f"[build-system]\nbuild-backend = 'maturin'\n{BEFORE_ALL}", False),
        ],
    )
    def test_rust_has_to_be_brought_to_where_wheels_are_built(
        self, repo: Repository, tables: str, *, expected: bool
    ) -> None:
        project = '[project]\nname = "demo"\nversion = "0.1.0"\n'
        repo.commit("feat: begin", **{"pyproject.toml": project + tables})

        assert expected is read(repo).contents.lacks_rust

    def test_a_workspace_of_others_names_its_members(self, repo: Repository) -> None:
        repo.commit(
            "feat: begin",
            **{"pyproject.toml": ROOT, "packages/a/pyproject.toml": '[project]\nname = "a"\n'},
        )
        with pytest.raises(NotAPackage) as caught:
            read(repo)

        assert "packages/a" in f"{caught.value} {caught.value.hint}"


class TestIndex:
    @pytest.fixture
    def fake(self) -> FakeIndex:
        return FakeIndex()

    @pytest.fixture
    def world(self, repo: Repository, fake: FakeIndex) -> World:
        world = World(
            git=Git.open(repo.path, {}), project=repo.path, env={}, screen=Quiet(),
            clock=fake.clock, sleep=fake.clock.sleep,
        )  # fmt: skip
        return with_index(world, fake.client())

    def test_that_has_the_project(self, world: World, fake: FakeIndex) -> None:
        fake.fail("/simple/demo/", httpx.Response(200, json={"files": []}, headers=JSON))

        assert asks_index(world, "demo")(fake.registry) is True

    def test_that_has_it_not(self, world: World, fake: FakeIndex) -> None:
        assert asks_index(world, "demo")(fake.registry) is False

    def test_that_does_not_answer_is_no_reason_to_stop(self, world: World, fake: FakeIndex) -> None:
        fake.fail("/simple/demo/", *[httpx.Response(403, text="no")] * 9)

        assert None is asks_index(world, "demo")(fake.registry)
        assert "whether private has demo is not known" in world.screen.notes[-1]

    def test_that_does_not_answer_is_asked_once(self, world: World, fake: FakeIndex) -> None:
        fake.fail("/simple/demo/", *[httpx.Response(503)] * 9)
        exists = asks_index(world, "demo")

        assert [None, None] == [exists(fake.registry), exists(fake.registry)]
        assert 1 == len(fake.requests)

    def test_is_not_asked_where_there_is_no_repository(self, fake: FakeIndex) -> None:
        assert None is asks_index(None, "demo")(fake.registry)
