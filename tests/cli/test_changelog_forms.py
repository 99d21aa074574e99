"""The forms in which `releasio changelog` prints notes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.program import Program
    from tests.fakes.repository import Repository


class TestChangelog:
    def test_of_what_is_not_released_may_be_asked_for(self, releasio: Program) -> None:
        assert releasio("changelog").out == releasio("changelog", "--unreleased").out

    def test_counts_from_where_a_release_does(self, releasio: Program, project: Repository) -> None:
        project.git("tag", "v1.0.0b0", "v0.1.0")

        assert "v1.0.0b0 came before 0.1.0" in releasio("release", "--offline").out
        assert (
            "v0.1.0"
            == json.loads(releasio("changelog", "--json").out)["changelog"][0]["previous_tag"]
        )

    def test_counts_from_the_commit_that_stands_for_a_tag(
        self, releasio: Program, project: Repository
    ) -> None:
        """
        The branch of the release was tagged, and then squashed: the tag is on no branch.
        """
        manifest = project.read("pyproject.toml").replace('"0.1.0"', '"0.2.0"')
        twin = project.squash("Release 0.2.0 (#8)", "v0.2.0", **{"pyproject.toml": manifest})
        project.commit("fix: shout no more", **{"src/demo/more.py": '"""Less."""\n'})

        run = releasio("release", "--offline")
        changelog = json.loads(releasio("changelog", "v0.2.0", "--json").out)["changelog"]

        assert (
            f"  note: v0.2.0 is on no commit of this branch, but {twin[:8]} has the same files: "
            "counted from there\n"
        ) in run.err + run.out
        assert "demo 0.2.0 -> 0.2.1\n" in run.out
        assert "v0.1.0" == changelog[0]["previous_tag"]
        assert "greet politely" not in releasio("changelog").out

    def test_counts_from_it_in_a_clone_that_never_got_the_tag(
        self, laptop: Program, project: Repository
    ) -> None:
        """
        `git pull` brings only tags of commits that it brings.
        """
        manifest = project.read("pyproject.toml").replace('"0.1.0"', '"0.2.0"')
        project.squash("Release 0.2.0 (#8)", "v0.2.0", **{"pyproject.toml": manifest})
        project.commit("fix: shout no more", **{"src/demo/more.py": '"""Less."""\n'})
        project.git("push", "--quiet", "origin", "main", "v0.2.0")
        project.git("tag", "--delete", "v0.2.0")

        run = laptop("release")

        assert "demo 0.2.0 -> 0.2.1\n" in run.out, run.err

    @pytest.mark.parametrize(
        ("format_", "heading"),
        [("rst", "Unreleased\n----------\n\n"), ("adoc", "== Unreleased\n\n")],
    )
    def test_in_another_format(self, releasio: Program, format_: str, heading: str) -> None:
        assert releasio("changelog", "--format", format_).out.startswith(heading)

    def test_by_a_template(self, releasio: Program, project: Repository) -> None:
        project.write("t.j2", "{{ project }} since {{ previous_tag }}: {{ entries|length }}\n")
        run = releasio("changelog", "--template", str(project.path / "t.j2"))

        assert "demo since v0.1.0: 1\n" == run.out, run.err

    def test_by_a_template_that_does_not_work(self, releasio: Program, project: Repository) -> None:
        project.write("t.j2", "\n{{ projct }}\n")
        run = releasio("changelog", "--template", str(project.path / "t.j2"))

        assert 2 == run.code
        assert "t.j2 does not work (line 2): 'projct' is undefined" in run.err

    def test_by_a_template_that_is_no_text(self, releasio: Program, project: Repository) -> None:
        (project.path / "t.j2").write_bytes(b"one\n\xff\n")
        run = releasio("changelog", "--template", str(project.path / "t.j2"))

        assert (2, "") == (run.code, run.out)
        assert "t.j2 is not encoded in UTF-8" in run.err

    def test_of_a_range_as_pages_that_compare_write_it(self, releasio: Program) -> None:
        two, three = (releasio("changelog", f"v0.1.0{dots}HEAD").out for dots in ("..", "..."))

        assert two.partition("\n")[2] == three.partition("\n")[2]

    def test_of_everything_where_there_is_nothing(
        self, releasio: Program, project: Repository
    ) -> None:
        project.git("update-ref", "-d", "HEAD")
        run = releasio("changelog", "--all")

        assert (4, "") == (run.code, run.out)
        assert "this repository has no commits yet" in run.err
        assert "Commit the project first" in run.err

    def test_as_data(self, releasio: Program) -> None:
        document = json.loads(releasio("changelog", "--all", "--json").out)
        unreleased, first = document["changelog"]

        assert (None, None, "v0.1.0") == (
            unreleased["version"], unreleased["tag"], unreleased["previous_tag"]
        )  # fmt: skip
        assert ("0.1.0", "v0.1.0", "2023-11-14") == (first["version"], first["tag"], first["date"])
        assert unreleased["groups"][0]["entries"][0]["description"] in unreleased["notes"]
