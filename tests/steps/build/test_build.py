from __future__ import annotations

import sys
import tarfile
from typing import TYPE_CHECKING

import pytest

from releasio.errors.base import Problems, ReleasioError
from releasio.errors.files.build import BuildFailed, HookFailed, NothingBuilt
from releasio.errors.files.distribution import MetadataDisagrees
from releasio.steps.build.artefacts import Artefacts
from releasio.steps.build.build import Build, Check, Record
from releasio.steps.step import Done, Todo
from tests.fakes.projects import static_project
from tests.journeys.stage import QUICK
from tests.standins.kinds import lying, wheel
from tests.steps.scene import Scene, make_scene

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.fakes.repository import Repository

HOOK = f'"{sys.executable}" inline/quick.py'
FILES = ["demo-0.1.0-py3-none-any.whl", "demo-0.1.0.tar.gz"]


@pytest.fixture
def scene(repo: Repository) -> Scene:
    """A project that builds without the seconds that isolation costs."""
    repo.write("inline/quick.py", QUICK)
    static_project(repo)
    return make_scene(repo)


def artefacts(
    scene: Scene,
    *,
    project: str = "demo",
    tag: str = "v0.1.0",
    hook: str | None = HOOK,
    out: Path | None = None,
    strict: bool = True,
    named: Mapping[str, str] | None = None,
) -> Artefacts:
    return Artefacts(
        project=project,
        version="0.1.0",
        tag=tag,
        commit=scene.repo.head,
        folder="",
        out=out,
        hook=hook,
        variables=(("version", "0.1.0"),),
        strict=strict,
        named=named,
    )


def do(scene: Scene, made: Artefacts) -> None:
    """Build, check and record, as a run does."""
    for step in (Build(made), Check(made), Record(made)):
        step.apply(scene.world, scene.run)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


class TestText:
    def test_of_the_three(self, scene: Scene) -> None:
        made = artefacts(scene)

        assert f"build the release commit with hook build: {HOOK}" == str(Build(made))
        assert "check names, metadata and descriptions: demo 0.1.0 throughout" == str(Check(made))
        assert "record names, sizes and sha256 of the files in releasio.json" == str(Record(made))

    def test_without_a_hook(self, scene: Scene) -> None:
        made = artefacts(scene, hook=None)

        assert "build sdist and wheel of the release commit in isolation" == str(Build(made))


class TestArtefacts:
    def test_to_do_then_done(self, scene: Scene) -> None:
        made = artefacts(scene)
        before = [step.probe(scene.world) for step in (Build(made), Check(made), Record(made))]
        do(scene, made)
        after = [step.probe(scene.world) for step in (Build(made), Check(made), Record(made))]

        assert [Todo()] * 3 == before
        assert [Done("kept from an earlier run")] * 3 == after

    def test_lie_beside_the_journal(self, scene: Scene) -> None:
        do(scene, artefacts(scene))

        folder = scene.repo.path / ".git/releasio/v0.1.0/dist"
        assert [*FILES, "releasio.json"] == names(folder)

    def test_of_a_tag_with_a_slash_get_one_folder(self, scene: Scene) -> None:
        do(scene, artefacts(scene, tag="core/v0.1.0"))

        folder = scene.repo.path / ".git/releasio/core%2Fv0.1.0/dist"
        assert [*FILES, "releasio.json"] == names(folder)

    def test_building_touches_nothing_that_people_see(self, scene: Scene) -> None:
        before = scene.visible()
        do(scene, artefacts(scene))

        assert before == scene.visible()
        assert 1 == len(scene.repo.git("worktree", "list").splitlines())

    def test_are_built_from_the_commit_and_not_from_the_work_tree(self, scene: Scene) -> None:
        scene.repo.write("src/demo/local.py", "LOCAL = True\n")
        do(scene, artefacts(scene))

        with tarfile.open(scene.repo.path / ".git/releasio/v0.1.0/dist" / FILES[1]) as archive:
            inside = archive.getnames()
        assert "demo-0.1.0/src/demo/__init__.py" in inside
        assert "demo-0.1.0/src/demo/local.py" not in inside

    def test_twice_gives_the_same_bytes(self, scene: Scene) -> None:
        made = artefacts(scene)
        do(scene, made)
        first = made.kept(scene.world).record()
        do(scene, made)

        assert first == made.kept(scene.world).record()

    def test_elsewhere_only_their_own_names_are_replaced(self, scene: Scene) -> None:
        scene.repo.write("dist/older-0.0.1.tar.gz", "mine\n")
        scene.repo.write(f"dist/{FILES[1]}", "stale\n")
        made = artefacts(scene, out=scene.repo.path / "dist")
        do(scene, made)

        assert sorted([*FILES, "older-0.0.1.tar.gz", "releasio.json"]) == names(
            scene.repo.path / "dist"
        )
        assert FILES == [file.name for file in made.kept(scene.world).record().files]


class TestKept:
    def test_a_damaged_file_is_built_anew(self, scene: Scene) -> None:
        made = artefacts(scene)
        do(scene, made)
        damaged = made.kept(scene.world).folder / FILES[1]
        good = damaged.read_bytes()
        damaged.write_bytes(good[:-1] + b"!")
        before = Build(made).probe(scene.world)
        do(scene, made)

        assert Todo() == before
        assert good == damaged.read_bytes()

    @pytest.mark.parametrize("lost", [FILES[0], "releasio.json"])
    def test_a_lost_file_is_built_anew(self, scene: Scene, lost: str) -> None:
        made = artefacts(scene)
        do(scene, made)
        (made.kept(scene.world).folder / lost).unlink()

        assert Todo() == Record(made).probe(scene.world)

    def test_a_record_that_is_none_is_made_anew(self, scene: Scene) -> None:
        made = artefacts(scene)
        do(scene, made)
        (made.kept(scene.world).folder / "releasio.json").write_bytes(b"{")

        assert Todo() == Record(made).probe(scene.world)

    def test_files_of_another_commit_are_not_these(self, scene: Scene) -> None:
        do(scene, artefacts(scene))
        scene.repo.commit("fix: later")

        assert Todo() == Build(artefacts(scene)).probe(scene.world)

    def test_in_a_preview_nothing_is_known_of_the_commit(self, scene: Scene) -> None:
        do(scene, artefacts(scene))
        made = Artefacts("demo", "0.1.0", "v0.1.0", None, "")

        assert Todo() == Build(made).probe(scene.world)
        for step, message in ((Build(made), "a build needs"), (Record(made), "a record needs")):
            with pytest.raises(RuntimeError, match=message):
                step.apply(scene.world, scene.run)


class TestBuildFails:
    @pytest.mark.parametrize(
        ("hook", "error"),
        [
            (f'"{sys.executable}" -c "raise SystemExit(7)"', HookFailed),
            (f'"{sys.executable}" -c "print(1)"', NothingBuilt),
        ],
        ids=["fails", "leaves nothing"],
    )
    def test_leaves_the_world_and_the_kept_files_as_they_were(
        self, scene: Scene, hook: str, error: type[ReleasioError]
    ) -> None:
        do(scene, artefacts(scene))
        kept = artefacts(scene).kept(scene.world)
        before = scene.visible(), kept.record()

        with pytest.raises(error):
            Build(artefacts(scene, hook=hook)).apply(scene.world, scene.run)

        assert before == (scene.visible(), kept.record())
        assert 1 == len(scene.repo.git("worktree", "list").splitlines())

    def test_by_the_backend(self, scene: Scene) -> None:
        scene.repo.commit("feat: break it", **{"inline/inline_backend.py": "raise OSError('no')\n"})

        with pytest.raises(BuildFailed, match="OSError: no"):
            Build(artefacts(scene, hook=None)).apply(scene.world, scene.run)

        assert 1 == len(scene.repo.git("worktree", "list").splitlines())


class TestCheck:
    def test_what_contradicts_the_release_is_not_recorded(self, scene: Scene) -> None:
        made = artefacts(scene, project="other")
        Build(made).apply(scene.world, scene.run)

        with pytest.raises(MetadataDisagrees) as caught:
            Check(made).apply(scene.world, scene.run)

        assert (f"the release is of name other, but {FILES[0]} and {FILES[1]} say demo") == str(
            caught.value
        )
        assert Todo() == Record(made).probe(scene.world)

    def test_several_problems_are_told_at_once(self, scene: Scene) -> None:
        made = artefacts(scene)
        staging = made.kept(scene.world).empty_staging()
        for name in FILES:
            (staging / name).write_bytes(b"no archive")

        with pytest.raises(Problems) as caught:
            Check(made).apply(scene.world, scene.run)

        told = "\n".join(map(str, caught.value.problems))
        assert all(name in told for name in FILES)

    def test_what_stops_nothing_is_a_note(self, scene: Scene) -> None:
        made = artefacts(scene)
        odd = wheel("demo", version=made.version, change=lying)
        (made.kept(scene.world).empty_staging() / odd.filename).write_bytes(odd.data)
        Check(made).apply(scene.world, scene.run)

        (note,) = scene.screen.notes
        assert note.startswith(f"RECORD of {odd.filename} has another hash for: ")


class TestKeptFilesOfAnUnfinishedRelease:
    """What a run built in this clone, and what the public tag names."""

    def named(self, scene: Scene) -> dict[str, str]:
        do(scene, artefacts(scene))
        record = artefacts(scene).kept(scene.world).record()
        return {file.name: file.sha256 for file in record.files}

    def test_are_taken_up_as_the_tag_names_them(self, scene: Scene) -> None:
        made = artefacts(scene, named=self.named(scene))

        assert Done("kept from an earlier run") == Build(made).probe(scene.world)

    def test_are_built_again_when_the_tag_names_others(self, scene: Scene) -> None:
        """
        Otherwise one bad build would stay in the way of every later run of this clone.
        """
        more = self.named(scene) | {"demo-0.1.0-cp311-cp311-win32.whl": "0" * 64}
        made = artefacts(scene, named=more)

        assert (Todo(), Todo(), Todo()) == tuple(
            step.probe(scene.world) for step in (Build(made), Check(made), Record(made))
        )
