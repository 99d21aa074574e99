"""`releasio build --check-reproducible`, with backends that do what backends do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Program
from tests.fakes.projects import static_project
from tests.journeys.stage import QUICK

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

WHEEL, SDIST = "demo-0.1.0-py3-none-any.whl", "demo-0.1.0.tar.gz"
# a build that writes the time into a module, and not into what the archives say of it
STAMPING = QUICK.replace(
    "os.makedirs",
    """\
import time
with open("src/demo/stamp.py", "w") as module:
    module.write(f"BUILT = {time.time_ns()}\\n")
os.makedirs""",
)
# a build whose clock is not ours
TICKING = QUICK.replace(
    "os.makedirs",
    """\
import time
os.environ["SOURCE_DATE_EPOCH"] = str(int(time.time()))
os.makedirs""",
)


def told(text: str) -> str:
    return " ".join(text.split())


class TestABuildThatIsRepeatable:
    @pytest.mark.journey
    def test_is_said_to_be_and_leaves_nothing(self, releasio: Program, project: Repository) -> None:
        before = project.git("worktree", "list")
        run = releasio("build", "--check-reproducible")

        assert 0 == run.code, run.err
        assert f"{WHEEL} twice the same bytes, sha256 " in told(run.out)
        assert f"{SDIST} twice the same bytes, sha256 " in told(run.out)
        assert not (project.path / "dist").exists()
        assert before == project.git("worktree", "list")

    def test_is_built_into_dist_where_that_is_asked_for(
        self, releasio: Program, project: Repository
    ) -> None:
        run = releasio("build", "--check-reproducible", "--execute", "--json")
        document = json.loads(run.out)

        assert 0 == run.code, run.err
        recorded = {file["name"]: file["sha256"] for file in document["record"]["files"]}
        assert {WHEEL, SDIST} == {*recorded}
        assert [
            {"name": name, "sha256": [recorded[name]] * 2, "differences": []}
            for name in sorted(recorded)
        ] == document["reproducible"]
        assert (project.path / "dist" / WHEEL).is_file()

    @pytest.mark.journey
    def test_by_hatchling_is(self, repo: Repository) -> None:
        static_project(repo, backend="hatchling")
        run = Program(repo.path)("build", "--check-reproducible")

        assert 0 == run.code, run.out + run.err
        assert 2 == run.out.count("twice the same bytes")


class TestABuildThatIsNot:
    def test_names_the_members_and_what_to_do(self, releasio: Program, project: Repository) -> None:
        project.commit("fix: write the time", **{"inline/quick.py": STAMPING})
        run = releasio("build", "--check-reproducible")

        assert 1 == run.code
        assert (
            f"error: two builds of this commit differ in {WHEEL}: demo-0.1.0.dist-info/RECORD "
            f"(content), demo/stamp.py (content); {SDIST}: demo-0.1.0/src/demo/stamp.py (content)"
        ) in told(run.err)
        assert "What changes is written into these files: the time, the build folder" in run.err
        assert not (project.path / "dist").exists()

    @pytest.mark.journey
    def test_by_time_stamps_only_says_so(self, releasio: Program, project: Repository) -> None:
        project.commit("fix: tick", **{"inline/quick.py": TICKING})
        run = releasio("build", "--check-reproducible", "--json")
        document = json.loads(run.out)

        assert 1 == run.code
        assert f"{WHEEL}: only time stamps inside differ: demo" in told(run.err)
        assert "Let the build take time stamps from SOURCE_DATE_EPOCH" in run.err
        causes = {
            cause
            for file in document["reproducible"]
            for each in file["differences"]
            for cause in each["causes"]
        }
        assert {"time stamp"} == causes
        assert ["not-reproducible"] == [error["code"] for error in document["errors"]]


def test_a_preview_of_it_is_a_mistake(releasio: Program) -> None:
    run = releasio("build", "--check-reproducible", "--dry-run")

    assert 2 == run.code
    assert "--check-reproducible builds, if only aside: it has no preview." in told(run.err)
