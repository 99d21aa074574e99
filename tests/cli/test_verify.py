"""`releasio verify`: looking until it is there, and trying out what is there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.program import Program
    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository

SDIST, WHEEL = "demo-0.1.1.tar.gz", "demo-0.1.1-py3-none-any.whl"
LONG_AGO = {"SOURCE_DATE_EPOCH": "1700100000"}


class TestWaiting:
    def test_a_release_of_this_hour_is_looked_for_until_it_is_seen(
        self, laptop: Program, index: EmbeddedIndex
    ) -> None:
        index.fail(on="simple", how="stale", times=99)  # from the upload on
        laptop("release", "-x", RELEASIO_PUBLISH_VERIFY_TIMEOUT="0.1")
        before = [request.kind for request in index.log].count("simple")
        index.fail(on="simple", how="stale", times=0)
        run = laptop("verify", "--wait", "1.5")

        assert 6 == run.code
        assert f"does not show demo-0.1.1-py3-none-any.whl and {SDIST} yet" in run.err
        assert "looked for it for 2 s" in run.err
        assert "Look again in some minutes" in run.err
        assert 3 <= [request.kind for request in index.log].count("simple") - before

    def test_it_ends_as_soon_as_it_is_there(self, released: Program, index: EmbeddedIndex) -> None:
        before = len(index.log)
        run = released("verify", "--wait", "600")

        assert 0 == run.code, run.err
        assert 1 == len(index.log) - before

    def test_an_old_release_is_not_waited_for(
        self, released: Program, index: EmbeddedIndex
    ) -> None:
        index.delete_file(SDIST)
        run = released("verify")

        assert (4, True) == (run.code, "(releasio explain files-missing)" in run.err)

    @pytest.mark.parametrize("wait", ["-1", "-inf", "nan", "inf", "1e400", "1e12", "soon", ""])
    def test_a_wait_that_is_none_is_refused(self, laptop: Program, wait: str) -> None:
        run = laptop("verify", "--wait", wait)

        assert (2, True) == (run.code, "Invalid value for '--wait': " in run.err)
        assert "Traceback" not in run.err


class TestTrouble:
    """The index answers, and not what it should."""

    def test_with_no_time_it_is_asked_once(self, released: Program, index: EmbeddedIndex) -> None:
        before = len(index.log)
        index.fail(on="simple", how="500-before", times=99)
        run = released("verify", "--wait", "0")

        assert (6, 1) == (run.code, len(index.log) - before)
        assert "gave no usable answer: it answered 500\n" in run.err
        assert "\n  Run the same command again in a while.\n" in run.err

    def test_with_little_time_it_is_over_soon(
        self, released: Program, index: EmbeddedIndex
    ) -> None:
        before = len(index.log)
        index.fail(on="simple", how="500-before", times=99)
        run = released("verify", "--wait", "1.5")

        assert 6 == run.code
        assert len(index.log) - before <= 3  # of five: 3.5 seconds pass before a fourth

    def test_it_may_pass_in_the_time_there_is(
        self, released: Program, index: EmbeddedIndex
    ) -> None:
        index.fail(on="simple", how="500-before")

        assert 0 == released("verify", "--wait", "5").code


class TestClosed:
    """Nothing that is run again helps, and nobody is sent to run it."""

    def test_a_project_in_quarantine_shows_nothing(
        self, released: Program, index: EmbeddedIndex
    ) -> None:
        index.set_status("demo", "quarantined")
        run = released("verify")

        assert 4 == run.code
        assert "demo is quarantined on 127.0.0.1" in run.err
        assert "(releasio explain project-closed)" in run.err
        assert "uploads what is left" not in run.err

    def test_a_release_of_an_archived_project_is_refused_in_the_preview(
        self, released: Program, index: EmbeddedIndex
    ) -> None:
        index.set_status("demo", "archived")
        run = released("release", "--dry-run", "--version", "0.1.2")

        assert 4 == run.code
        assert "demo is archived on 127.0.0.1" in run.err
        assert "takes no more files of it" in run.err

    def test_a_complete_release_of_an_archived_project_is_complete(
        self, released: Program, index: EmbeddedIndex
    ) -> None:
        index.set_status("demo", "archived")

        assert 0 == released("verify").code


class TestYanked:
    """The bytes are right, so it is no failure; but few installers will take them."""

    def test_is_said_of_each_file_with_the_reason(
        self, released: Program, index: EmbeddedIndex
    ) -> None:
        index.yank("demo", "0.1.1", "breaks on 3.12;\nuse 0.1.2")
        run = released("verify")

        assert 0 == run.code, run.err
        assert f"  [x] {SDIST}: same\n  [!] {SDIST}: yanked: breaks on 3.12; use 0.1.2\n" in run.out
        assert "  note: demo 0.1.1 is yanked on 127.0.0.1" in run.out
        assert (
            ": installers pass over what is yanked, unless exactly this version is asked for "
            "(==0.1.1). If that is not meant to be, undo it on the index; else release the next "
            "version.\n"
        ) in run.out

    def test_needs_no_reason(self, released: Program, index: EmbeddedIndex) -> None:
        index.yank("demo", "0.1.1")
        run = released("verify")

        assert 0 == run.code, run.err
        assert f"  [!] {SDIST}: yanked: the index gives no reason\n" in run.out

    def test_stands_in_the_document(self, released: Program, index: EmbeddedIndex) -> None:
        index.yank("demo", "0.1.1", "broken")
        told = json.loads(released("verify", "--json").out)

        assert (0, {SDIST: "broken", WHEEL: "broken"}) == (
            told["exit_code"],
            told["release"]["yanked"],
        )
        assert "demo 0.1.1 is yanked on" in told["notes"][0]

    def test_of_another_version_is_not_said(self, released: Program, index: EmbeddedIndex) -> None:
        released("release", "-x", "--version", "0.1.2")
        index.yank("demo", "0.1.1", "broken")
        told = json.loads(released("verify", "--json").out)

        assert ({}, []) == (told["release"]["yanked"], told["notes"])

    def test_says_which_files_where_it_is_not_all_of_them(
        self, released: Program, index: EmbeddedIndex
    ) -> None:
        index.yank("demo", "0.1.1", "broken", only=[SDIST])
        run = released("verify")

        assert 0 == run.code, run.err
        assert f"note: {SDIST} of demo 0.1.1 is yanked on " in run.out
        assert f"{WHEEL}: yanked" not in run.out


class TestWhichRelease:
    """Without a version it is the last one of what is checked out."""

    def test_a_tag_of_another_branch_does_not_count(
        self, released: Program, repo: Repository
    ) -> None:
        on_a_side_branch(repo, "v0.5.10-dev-20250820123456")
        told = json.loads(released("verify", "--json").out)

        assert (0, "v0.1.1") == (told["exit_code"], told["release"]["tag"])

    def test_it_counts_where_it_is_checked_out(self, laptop: Program, project: Repository) -> None:
        on_a_side_branch(project, "v0.5.10-dev-20250820123456")
        project.git("switch", "--quiet", "topic")

        assert "v0.5.10-dev-20250820123456 names no files" in laptop("verify").err

    def test_where_head_has_none_it_is_the_newest_of_all(
        self, released: Program, repo: Repository
    ) -> None:
        repo.git("switch", "--quiet", "--orphan", "unrelated")
        repo.git("checkout", "--quiet", "main", "--", ".")
        repo.commit("feat: begin anew")
        told = json.loads(released("verify", "--json").out)

        assert (0, "v0.1.1") == (told["exit_code"], told["release"]["tag"])

    def test_a_release_that_left_the_branch_behind_is_the_last_one(
        self, released: Program, repo: Repository
    ) -> None:
        repo.git("reset", "--quiet", "--hard", "v0.1.0")
        told = json.loads(released("verify", "--json").out)

        assert (0, "v0.1.1") == (told["exit_code"], told["release"]["tag"])

    def test_one_that_is_asked_for_may_be_anywhere(
        self, laptop: Program, project: Repository
    ) -> None:
        on_a_side_branch(project, "v0.5.10")

        assert "v0.5.10 names no files" in laptop("verify", "0.5.10").err


class TestTagMadeByHand:
    """It names no files; the clone that released it has the record."""

    @pytest.fixture
    def released(self, laptop: Program, project: Repository) -> Program:
        project.git("switch", "--quiet", "--detach", "v0.1.0")
        run = laptop("release", "-x")
        assert 0 == run.code, run.err
        return laptop

    def test_is_compared_with_the_record(self, released: Program) -> None:
        told = json.loads(released("verify", "--json").out)

        assert (0, "v0.1.0", {"same"}) == (
            told["exit_code"],
            told["release"]["tag"],
            set(told["release"]["files"].values()),
        )

    def test_what_is_missing_is_missing_by_the_record(
        self, released: Program, index: EmbeddedIndex
    ) -> None:
        index.delete_file("demo-0.1.0.tar.gz")
        run = released("verify", "--wait", "0")

        assert 4 == run.code
        assert "does not list demo-0.1.0.tar.gz, which the record of v0.1.0 names\n" in run.err

    def test_a_tag_that_was_moved_since_is_another_release(
        self, released: Program, project: Repository
    ) -> None:
        project.git("switch", "--quiet", "main")
        project.git("tag", "--force", "v0.1.0", "main")
        run = released("verify", "0.1.0")

        assert 4 == run.code
        assert "v0.1.0 names no files, so there is nothing to compare the index with" in run.err

    def test_a_record_that_cannot_be_read_is_named(
        self, released: Program, project: Repository
    ) -> None:
        project.write(".git/releasio/v0.1.0/dist/releasio.json", "{")
        run = released("verify")

        assert 4 == run.code
        assert "(releasio explain record-invalid)" in run.err


class TestStray:
    """What the tag does not name may be all right, and whoever reads it must be able to tell."""

    def test_is_said_in_a_sentence(self, released: Program, repo: Repository) -> None:
        name_only(repo, SDIST)
        run = released("verify")

        assert 0 == run.code, run.err
        assert f"  [x] {SDIST}: same\n  [!] {WHEEL}: not of this release\n" in run.out
        assert f"  note: v0.1.1 does not name {WHEEL}, but 127.0.0.1" in run.out
        assert (
            " has it as demo 0.1.1, and installers may take it. Somebody uploaded it beside the "
            "release: one of you who built more of it, or somebody else with a credential of "
            "yours. Look who it was on the index; if it was none of you, delete or yank it there, "
            "and replace the credentials.\n"
        ) in run.out

    def test_stands_in_the_document(self, released: Program, repo: Repository) -> None:
        name_only(repo, SDIST)
        told = json.loads(released("verify", "--json").out)

        assert (0, "not of this release") == (told["exit_code"], told["release"]["files"][WHEEL])
        assert f"v0.1.1 does not name {WHEEL}" in told["notes"][0]

    def test_of_a_release_as_it_should_be_there_is_none(self, released: Program) -> None:

        assert [] == json.loads(released("verify", "--json").out)["notes"]


@pytest.mark.journey
class TestInstall:
    def test_imports_it_and_asks_its_programs_for_help(self, released: Program) -> None:
        run = released("verify", "--install", "--json")

        told = json.loads(run.out)
        assert 0 == run.code, run.err
        assert (["demo"], ["demo"]) == (
            told["release"]["installed"]["imported"],
            told["release"]["installed"]["scripts"],
        )

    def test_a_program_that_breaks_down_is_named(
        self, laptop: Program, project: Repository
    ) -> None:
        change(project, '"demo:main"', '"demo:nosuch"')
        laptop("release", "-x")
        run = laptop("verify", "--install")

        assert 1 == run.code
        assert "installed, but `demo --help` breaks down" in run.err
        assert "ImportError: cannot import name 'nosuch'" in run.err
        assert "Look at demo in [project.scripts]" in run.err

    @pytest.mark.parametrize("by", ["entry point", "import"])
    def test_a_program_that_needs_an_extra_is_not_asked_and_that_is_said(
        self, laptop: Program, project: Repository, by: str
    ) -> None:
        lines = ["Provides-Extra: cli", "Requires-Dist: typer; extra == 'cli'"]
        extra = f"\n[tool.inline]\nmetadata = {json.dumps(lines)}\n"
        text = project.read("pyproject.toml")
        if by == "entry point":
            text = text.replace('"demo:main"', '"demo:main [cli]"')
        else:
            text = text.replace('"demo:main"', '"demo.cli:main"') + extra
        cli = "import typer\n"
        project.commit("fix: cli", **{"pyproject.toml": text, "src/demo/cli.py": cli})
        laptop("release", "-x")
        run = laptop("verify", "--install")

        assert 0 == run.code, run.err
        assert "note: `demo` needs the extra demo[cli], so it was not asked for help" in run.out

    def test_what_installers_cannot_have_is_said(
        self, laptop: Program, project: Repository
    ) -> None:
        change(project, '">=3.11"', '">=9"')
        laptop("release", "-x", **LONG_AGO)
        run = laptop("verify", "--install")

        assert 1 == run.code
        assert "(releasio explain install-failed)" in run.err

    def test_an_index_that_does_not_answer_the_installer_is_no_fault_of_the_release(
        self, released: Program, index: EmbeddedIndex
    ) -> None:
        index.fail(on="file", how="500-before", times=99)
        run = released("verify", "--install")

        assert 6 == run.code
        assert "error: demo==0.1.1 could not be installed: http://127.0.0.1:" in run.err
        assert "/simple/ gave the installer no answer\n" in run.err
        assert (
            "\n  Run the same command again in a while. The release is as it was; only the trial "
            "failed.\n"
        ) in run.err

    def test_nothing_is_installed_of_a_release_that_is_not_there(
        self, released: Program, index: EmbeddedIndex
    ) -> None:
        index.delete_file(SDIST)
        before = [request.kind for request in index.log].count("file")
        run = released("verify", "--install")

        assert (4, before) == (run.code, [request.kind for request in index.log].count("file"))


def on_a_side_branch(project: Repository, tag: str) -> None:
    """Tag a commit that only the branch `topic` has."""
    project.git("switch", "--quiet", "--create", "topic")
    project.commit("feat: try something")
    project.tag(tag)
    project.git("switch", "--quiet", "main")


def name_only(project: Repository, name: str) -> None:
    """Make a tag of the release that names one of its files; the rest is somebody else's then."""
    message = project.git("tag", "--list", "--format=%(contents)", "v0.1.1")
    kept = [line for line in message.splitlines() if line.startswith("sha256:")]
    of_it = [line for line in kept if line.endswith(name)]
    text = "\n".join(["Release v0.1.1", "", *of_it])
    project.git("tag", "--force", "-a", "-m", text, "v0.1.1", "v0.1.1^{}")


def change(project: Repository, old: str, new: str) -> None:
    """Commit a pyproject.toml that says *new* for *old*."""
    text = (project.path / "pyproject.toml").read_text(encoding="utf-8")
    project.commit("fix: say something else", **{"pyproject.toml": text.replace(old, new)})


@pytest.mark.parametrize("command", ["verify"])
def test_help_names_what_it_can_do(laptop: Program, command: str) -> None:
    told = laptop(command, "--help").out

    assert all(option in told for option in ("--install", "--wait", "--json"))
