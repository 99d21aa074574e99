"""Links in a checkout, and in what lies beside it: nothing is written or emptied through them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from releasio.errors.base import DISAGREES
from releasio.errors.git.surroundings import LinkInTheWay
from releasio.release.journal import Journal
from releasio.world.build.dist_folder import DistFolder
from releasio.world.lock import exclusive
from releasio.world.plain_file import own_folder, write_whole
from tests.cli.program import Program
from tests.fakes.index import Clock
from tests.fakes.projects import static_project
from tests.fakes.repository import Repository
from tests.journeys.stage import QUICK, QUICK_BUILD
from tests.steps.scene import make_scene
from tests.world.git_fixtures import opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.program import Run

MINE = b"what was there before\n"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder outside of the repository, with a file that nobody may touch."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "mine").write_bytes(MINE)
    return folder


@pytest.fixture
def project(repo: Repository) -> Repository:
    """demo 0.1.0, tagged, with a fix since; it builds in no time."""
    repo.write("inline/quick.py", QUICK)
    static_project(repo, tables=QUICK_BUILD)
    repo.tag("v0.1.0")
    repo.commit("fix: greet politely")
    return repo


def link(repo: Repository, name: str, target: Path, *, committed: bool = True) -> None:
    """Put a link to *target* into the repository at *name*, as an attacker's commit has it."""
    (repo.path / name).symlink_to(os.path.relpath(target, (repo.path / name).parent))
    if committed:
        repo.git("add", "--force", name)
        repo.git("commit", "--quiet", "--message=docs: a link")


def releasio(repo: Repository, *words: str) -> Run:
    return Program(repo.path)(*words)


def unharmed(elsewhere: Path) -> bool:
    return {"mine": MINE} == {path.name: path.read_bytes() for path in elsewhere.iterdir()}


class TestTemporaryNames:
    @pytest.mark.parametrize("command", ["update", "build"])
    def test_are_never_ones_that_a_commit_can_foresee(
        self, command: str, project: Repository, elsewhere: Path
    ) -> None:
        for name in ("pyproject.toml", "CHANGELOG.md"):
            link(project, f".{name}.releasio", elsewhere / "mine")
        (project.path / "dist").mkdir()
        link(project, "dist/.releasio.json.releasio", elsewhere / "mine", committed=False)

        run = releasio(project, command, "--execute")

        assert (0, True) == (run.code, unharmed(elsewhere)), run.err

    def test_an_executable_hook_is_not_what_an_edit_becomes(self, project: Repository) -> None:
        hook = project.path / ".git/hooks/pre-push"
        link(project, ".pyproject.toml.releasio", hook)

        releasio(project, "update", "--execute")

        assert not hook.exists()
        assert "0.1.1" in project.read("pyproject.toml")

    def test_a_file_takes_the_place_of_a_link_and_not_of_what_it_names(
        self, tmp_path: Path, elsewhere: Path
    ) -> None:
        (tmp_path / "record").symlink_to(elsewhere / "mine")

        write_whole(tmp_path / "record", b"new\n")

        assert unharmed(elsewhere)
        assert (False, b"new\n") == (
            (tmp_path / "record").is_symlink(),
            (tmp_path / "record").read_bytes(),
        )


class TestBuildingIntoTheProject:
    def test_a_folder_beside_dist_is_not_emptied_whatever_it_is_called(
        self, project: Repository, elsewhere: Path
    ) -> None:
        link(project, ".dist.staging", elsewhere)

        run = releasio(project, "build", "--execute")

        assert (0, True) == (run.code, unharmed(elsewhere)), run.err

    def test_a_real_folder_of_that_name_is_not_emptied_either(self, project: Repository) -> None:
        project.write(".dist.staging/notes", "somebody's\n")

        run = releasio(project, "build", "--execute")

        assert (0, "somebody's\n") == (run.code, project.read(".dist.staging/notes")), run.err

    @pytest.mark.parametrize("words", [("--execute",), ()])
    def test_dist_that_leads_elsewhere_is_refused_in_preview_and_run(
        self, words: tuple[str, ...], project: Repository, elsewhere: Path
    ) -> None:
        link(project, "dist", elsewhere)

        run = releasio(project, "build", *words)

        said = run.out + run.err
        assert f"{project.path / 'dist'} is a symbolic link to ../elsewhere, so nothing is" in said
        assert (4, True) == (run.code, unharmed(elsewhere))

    def test_a_link_in_dist_is_replaced_and_not_followed(
        self, project: Repository, elsewhere: Path
    ) -> None:
        (project.path / "dist").mkdir()
        for name in ("releasio.json", "demo-0.1.0-py3-none-any.whl", "demo-0.1.0.tar.gz"):
            link(project, f"dist/{name}", elsewhere / "mine", committed=False)

        run = releasio(project, "build", "--execute")

        assert (0, True) == (run.code, unharmed(elsewhere)), run.err
        assert not [path for path in (project.path / "dist").iterdir() if path.is_symlink()]


class TestWhatReleasioKeeps:
    def test_a_link_in_the_place_of_a_folder_of_ours_is_refused(
        self, tmp_path: Path, elsewhere: Path
    ) -> None:
        (tmp_path / "state").symlink_to(elsewhere)

        with pytest.raises(LinkInTheWay) as caught:
            own_folder(tmp_path / "state")

        assert (
            f"{tmp_path / 'state'} is a symbolic link to {elsewhere}, so nothing is written there"
        ) == caught.value.message
        assert (
            "Remove it: releasio makes what it needs. A link may lead anywhere, so none is "
            "followed."
        ) == caught.value.hint
        assert DISAGREES == caught.value.exit_code

    def test_a_lock_that_is_a_link_empties_nothing(self, tmp_path: Path, elsewhere: Path) -> None:
        (tmp_path / "lock").symlink_to(elsewhere / "mine")

        with pytest.raises(LinkInTheWay), exclusive(tmp_path / "lock"):
            pass

        assert unharmed(elsewhere)

    def test_a_journal_that_is_a_link_gets_no_line(self, tmp_path: Path, elsewhere: Path) -> None:
        (tmp_path / "journal.jsonl").symlink_to(elsewhere / "mine")

        with pytest.raises(LinkInTheWay):
            Journal(tmp_path / "journal.jsonl", Clock()).write("v1", "build", "a step", "begin")

        assert unharmed(elsewhere)

    def test_a_staging_folder_that_is_a_link_is_not_emptied(
        self, tmp_path: Path, elsewhere: Path
    ) -> None:
        kept = DistFolder(tmp_path / "dist")
        kept.staging.symlink_to(elsewhere)

        with pytest.raises(LinkInTheWay):
            kept.empty_staging()

        assert unharmed(elsewhere)

    def test_a_link_in_the_staging_folder_is_removed_and_not_followed(
        self, tmp_path: Path, elsewhere: Path
    ) -> None:
        kept = DistFolder(tmp_path / "dist")
        (kept.empty_staging() / "built").symlink_to(elsewhere)

        kept.empty_staging()

        assert (True, []) == (unharmed(elsewhere), list(kept.staging.iterdir()))

    def test_the_place_tags_are_made_in_is_nobody_elses(
        self, repo: Repository, elsewhere: Path
    ) -> None:
        scene = make_scene(repo)
        scene.world.state.mkdir()
        (scene.world.state / ".tagging-of-a-dead-run").symlink_to(elsewhere)

        scene.world.git.commits.make_tag("v1.0.0", scene.base, "Release v1.0.0")

        assert unharmed(elsewhere)
        assert [] == list(scene.world.state.iterdir())


class TestSubmodules:
    """On a disk where `Vendor` and `vendor` are one name a commit can have a link and a module."""

    ALLOW = ("-c", "protocol.file.allow=always")

    @pytest.fixture
    def nested(self, repo: Repository, tmp_path: Path) -> Repository:
        library = Repository.create(tmp_path / "library")
        library.commit("feat: begin", **{".releasio-index": "a file like any other\n"})
        where = library.path.as_uri()
        repo.git(*self.ALLOW, "submodule", "--quiet", "add", where, "vendor/library")
        repo.commit("feat: with a library")
        return repo

    def test_are_not_filled_through_a_link(
        self, nested: Repository, tmp_path: Path, elsewhere: Path
    ) -> None:
        (tmp_path / "tree").mkdir()
        (tmp_path / "tree/vendor").symlink_to(elsewhere)

        with pytest.raises(LinkInTheWay, match="vendor is a symbolic link to"):
            opened(nested).submodules.fill(nested.head, tmp_path / "tree")

        assert unharmed(elsewhere)

    def test_keep_a_file_whatever_it_is_called(self, nested: Repository, tmp_path: Path) -> None:
        (tmp_path / "tree").mkdir()

        opened(nested).submodules.fill(nested.head, tmp_path / "tree")

        there = tmp_path / "tree/vendor/library/.releasio-index"
        assert "a file like any other\n" == there.read_text(encoding="utf-8")


class TestBuiltFiles:
    @pytest.mark.skipif(sys.platform == "win32", reason="the hook is a line for sh")
    def test_a_distribution_that_is_a_link_becomes_a_file_of_its_own(
        self, project: Repository
    ) -> None:
        """
        What it names could be changed after it was checked.
        """
        wheel = "demo-0.1.0-py3-none-any.whl"
        moved = f"mv dist/{wheel} . && ln -s ../{wheel} dist/"
        line = f'"{sys.executable}" inline/quick.py && {moved}'
        project.write(".releasio.toml", f"[hooks]\nbuild = '{line}'\n")
        project.commit("build: with a link")

        run = releasio(project, "build", "--execute")

        built = [path for path in (project.path / "dist").iterdir() if path.suffix == ".whl"]
        assert (0, [False]) == (run.code, [path.is_symlink() for path in built]), run.err


@pytest.mark.skipif(sys.platform == "win32", reason="a named pipe is no file on Windows")
def test_a_pipe_in_the_place_of_the_journal_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "journal.jsonl")

    with pytest.raises(LinkInTheWay, match="is no file of its own"):
        Journal(tmp_path / "journal.jsonl", Clock()).write("v1", "build", "a step", "begin")
