"""Repositories as people have them: what is understood without a line of configuration."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.stage import Stage


@pytest.fixture
def bare_tags(stage: Stage) -> Stage:
    """The project, with a history whose tags have no `v`."""
    stage.repo.git("tag", "0.1.0", "v0.1.0^{commit}")
    stage.repo.git("tag", "--delete", "v0.1.0")
    stage.repo.git("push", "--quiet", "origin", "0.1.0", ":refs/tags/v0.1.0")
    return stage


class TestTagsWithoutPrefix:
    def test_the_next_tag_is_like_the_last_one(self, bare_tags: Stage) -> None:
        run = bare_tags.run("release", "--execute")

        assert 0 == run.code, run.err
        assert ["0.1.0", "0.1.1"] == bare_tags.remote.git("tag").splitlines()

    def test_a_shallow_clone_learns_it_from_the_remote(
        self, bare_tags: Stage, tmp_path: Path
    ) -> None:
        clone = bare_tags.remote.clone(tmp_path / "shallow", "--depth=1", "--no-tags")
        run = replace(bare_tags, repo=clone).run("release", "--execute")

        assert 0 == run.code, run.err
        assert ["0.1.0", "0.1.1"] == bare_tags.remote.git("tag").splitlines()

    def test_notes_of_a_release_are_found_by_its_version(self, bare_tags: Stage) -> None:
        run = bare_tags.run("changelog", "0.1.0")

        assert run.out.startswith("## [0.1.0] - "), run.err


class TestChangelogThatGitIgnores:
    def test_is_in_the_release_commit_and_the_rule_is_named(self, stage: Stage) -> None:
        stage.repo.git("rm", "--quiet", "CHANGELOG.md", check=False)
        stage.repo.commit("chore: ignore", **{".gitignore": "dist/\nCHANGELOG.md\n"})
        stage.repo.git("push", "--quiet", "origin", "main")
        preview = stage.run("release")
        run = stage.run("release", "--execute")

        note = "CHANGELOG.md is committed, although .gitignore:2: CHANGELOG.md ignores it"
        assert 0 == run.code, run.err
        assert note in preview.out
        assert note in run.out
        assert "## [0.1.1]" in stage.remote.git("show", "main:CHANGELOG.md")
        assert "## [0.1.1]" in stage.repo.read("CHANGELOG.md")

    def test_is_not_replaced_by_a_new_one(self, stage: Stage) -> None:
        stage.repo.git("rm", "--quiet", "CHANGELOG.md", check=False)
        stage.repo.commit("chore: ignore", **{".gitignore": "dist/\nCHANGELOG.md\n"})
        stage.repo.write("CHANGELOG.md", "by hand\n")
        run = stage.run("release", "--execute")

        assert 4 == run.code
        assert "CHANGELOG.md is there, but not in git" in run.err
        assert "by hand\n" == stage.repo.read("CHANGELOG.md")

    def test_is_added_by_force_after_an_update(self, stage: Stage) -> None:
        stage.repo.git("rm", "--quiet", "CHANGELOG.md", check=False)
        stage.repo.commit("chore: ignore", **{".gitignore": "dist/\nCHANGELOG.md\n"})
        run = stage.run("update", "--execute")

        assert "  git add --force pyproject.toml CHANGELOG.md\n" in run.out
        assert "CHANGELOG.md is new, and .gitignore:2: CHANGELOG.md ignores it" in run.out


class TestLineEnds:
    def test_a_first_changelog_is_no_matter_where_git_is_strict_about_them(
        self, stage: Stage
    ) -> None:
        stage.repo.git("rm", "--quiet", "CHANGELOG.md", check=False)
        stage.repo.commit("docs: none yet")
        stage.repo.git("push", "--quiet", "origin", "main")
        stage.repo.git("config", "core.autocrlf", "true")
        stage.repo.git("config", "core.safecrlf", "true")
        (stage.repo.path / "pyproject.toml").unlink()
        stage.repo.git("checkout", "--quiet", ".")
        run = stage.run("release", "--execute")

        assert 0 == run.code, run.err
        assert "\r\n" in stage.repo.read("CHANGELOG.md")
        assert "" == stage.repo.git("status", "--porcelain")


class TestChangelogByAnotherName:
    def test_gets_the_section_so_that_no_second_one_grows(self, stage: Stage) -> None:
        stage.repo.commit("docs: tell", **{"CHANGES.md": "# Changes\n\n## Version 0.1.0\n\n- It\n"})
        run = stage.run("update", "--execute")

        assert 0 == run.code, run.err
        assert stage.repo.read("CHANGES.md").startswith("# Changes\n\n## Version 0.1.1\n\n### ")
        assert not (stage.repo.path / "CHANGELOG.md").exists()

    @pytest.mark.parametrize(
        ("name", "old", "section", "entry"),
        [
            (
                "CHANGES.rst",
                "Version 0.1.0\n-------------\n\n* It\n* is\n",
                "Version 0.1.1\n-------------\n\n",
                "leave foo\\_ alone",
            ),
            ("docs/changelog.adoc", "== 0.1.0\n\n* It\n", "== 0.1.1\n\n", "leave foo&#95; alone"),
        ],
    )
    def test_gets_it_in_its_own_format(
        self, stage: Stage, name: str, old: str, section: str, entry: str
    ) -> None:
        stage.repo.git("rm", "--quiet", "CHANGELOG.md", check=False)
        stage.repo.commit("docs: tell", **{name: old})
        stage.repo.commit("fix: leave foo_ alone")
        run = stage.run("release", "--execute")
        text = stage.repo.read(name)

        assert 0 == run.code, run.err
        assert text.startswith(section)
        assert text.endswith(old)
        assert f"\n* {entry}\n" in text

    def test_gets_it_by_the_template_of_the_project(self, stage: Stage) -> None:
        template = (
            "### {{ project }}\n\n{% for e in entries %}\n* `{{ e.description }}`\n{% endfor %}"
        )
        settings = "\n[tool.releasio.changelog]\nsection_template = 'notes.j2'\n"
        old = "0.1.0\n-----\n\nWords\n~~~~~\n\n* It\n"
        stage.repo.git("rm", "--quiet", "CHANGELOG.md", check=False)
        stage.repo.commit("docs: tell", **{"CHANGES.rst": old, "notes.j2": template})
        manifest = stage.repo.read("pyproject.toml") + settings
        stage.repo.commit("fix: mend", **{"pyproject.toml": manifest})
        run = stage.run("release", "--execute")

        assert 0 == run.code, run.err
        assert stage.repo.read("CHANGES.rst").startswith("0.1.1\n-----\n\ndemo\n~~~~\n\n* ``")

    def test_gets_it_in_the_words_of_git_cliff(self, stage: Stage) -> None:
        body = "## {{ version }}\n{% for c in commits %}- CLIFF {{ c.message }}\n{% endfor %}"
        cliff = f"[changelog]\nbody = {body!r}\n"
        settings = '\n[tool.releasio.changelog]\nengine = "git-cliff"\n'
        manifest = stage.repo.read("pyproject.toml") + settings
        files = {"cliff.toml": cliff.replace("'", '"'), "pyproject.toml": manifest}
        stage.repo.commit("fix: mend", **files)
        preview = stage.run("release")
        run = stage.run("release", "--execute")

        assert 0 == run.code, run.err
        assert "- CLIFF mend" in preview.out
        assert "\n- CLIFF mend\n" in stage.repo.read("CHANGELOG.md")

    def test_that_git_cliff_cannot_write_is_not_begun(self, stage: Stage) -> None:
        settings = '\n[tool.releasio.changelog]\nengine = "git-cliff"\n'
        manifest = stage.repo.read("pyproject.toml") + settings
        files = {"cliff.toml": "[changelog]\nbody = '{% for %}'\n", "pyproject.toml": manifest}
        stage.repo.commit("fix: mend", **files)
        before = stage.state()
        run = stage.run("release", "--execute")

        assert 1 == run.code
        assert "git-cliff exited with status" in run.err
        assert before == stage.state()

    def test_that_names_no_version_is_left_to_its_authors(self, stage: Stage) -> None:
        text = "The changelog has moved\nto another place.\n"
        stage.repo.commit("docs: tell", **{"CHANGES.rst": text})
        run = stage.run("release", "--execute")

        assert 0 == run.code, run.err
        assert (
            "CHANGES.rst has no heading with a version, so its section is yours to write; "
            "`releasio changelog` prints the notes (changelog.path)"
        ) in run.out
        assert "pyproject.toml" == stage.repo.git("diff", "--name-only", "HEAD~1")
        assert text == stage.repo.read("CHANGES.rst")


class TestWheelForThisMachineOnly:
    def test_is_found_in_the_rehearsal_before_anything_is_pushed(self, stage: Stage) -> None:
        """
        The embedded index takes what PyPI takes, so its rules count before the push, too.
        """
        text = stage.repo.read("pyproject.toml")
        text += '\n[tool.inline]\ntag = "cp311-cp311-linux_x86_64"\n'
        stage.repo.commit("build: compile", **{"pyproject.toml": text})
        run = stage.run("rehearse")

        assert 1 == run.code
        assert "unsupported platform tag 'linux_x86_64'" in run.err
        assert "Build wheels with cibuildwheel, or repair them with auditwheel" in run.err
        assert "push main" not in run.out


class TestCommitsWithoutConvention:
    def test_are_counted_where_they_have_no_part(self, stage: Stage) -> None:
        stage.repo.commit("Update the readme")
        run = stage.run("check")

        assert "  left out: 1 commit: 1 not conventional (--verbose names them)" in run.out

    def test_are_what_is_told_when_there_is_nothing_else(self, stage: Stage) -> None:
        stage.repo.tag("v0.1.1")
        stage.repo.write(
            "pyproject.toml", stage.repo.read("pyproject.toml").replace("0.1.0", "0.1.1")
        )
        commit = stage.repo.commit("Update the readme")
        run = stage.run("check", "--offline", "--verbose")

        assert (
            "Nothing to release: the one commit since 0.1.1 does not raise the version" in run.out
        )
        assert f"left out: {commit[:8]} Update the readme: not a conventional commit" in run.out
