"""`releasio publish DIST`: files that somebody else built."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Program
from tests.fakes.wheels import METADATA, sdist, wheel
from tests.standins import kinds

if TYPE_CHECKING:
    from pathlib import Path

    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository

pytestmark = pytest.mark.journey


WHEEL, SDIST = "demo-1.0-py3-none-any.whl", "demo-1.0.tar.gz"
GIVEN = (f"dist/{WHEEL}", f"dist/{SDIST}")
LAX = {"RELEASIO_PUBLISH_VALIDATE_BEFORE_PUBLISH": "false"}  # the made-up files have no README


@pytest.fixture
def built(project: Repository) -> Path:
    """Files of demo 1.0, which no tag and no pyproject.toml knows."""
    folder = project.path / "dist"
    folder.mkdir()
    wheel(folder)
    sdist(folder)
    return folder


@pytest.fixture
def tagged(project: Repository, built: Path) -> Repository:
    """The same, with a tag at HEAD that somebody pushed."""
    del built
    project.tag("v1.0")
    project.git("push", "-q", "origin", "v1.0")
    return project


class TestOfTheTagAtHead:
    def test_are_uploaded(self, laptop: Program, tagged: Repository, index: EmbeddedIndex) -> None:
        before = tagged.git("for-each-ref")
        run = laptop("publish", *GIVEN, "-x", **LAX)

        assert 0 == run.code, run.err
        assert {WHEEL, SDIST} == set(index.files("demo"))
        assert before == tagged.git("for-each-ref")

    def test_a_tag_that_is_only_here_is_pushed(
        self, laptop: Program, built: Path, project: Repository
    ) -> None:
        del built
        project.tag("v1.0")
        run = laptop("publish", *GIVEN, "-x", **LAX)

        assert 0 == run.code, run.err
        assert "refs/tags/v1.0" in project.git("ls-remote", "origin")

    def test_what_a_glob_brings_along_is_passed_over(
        self, laptop: Program, tagged: Repository, index: EmbeddedIndex
    ) -> None:
        for name in ("releasio.json", "SHA256SUMS", f"{WHEEL}.asc"):
            tagged.write(f"dist/{name}", "no distribution\n")
        files = [f"dist/{path.name}" for path in (tagged.path / "dist").iterdir()]
        run = laptop("publish", *files, "-x", **LAX)

        assert (0, {WHEEL, SDIST}) == (run.code, set(index.files("demo"))), run.err

    def test_an_interrupted_upload_is_finished(
        self, laptop: Program, tagged: Repository, index: EmbeddedIndex
    ) -> None:
        del tagged
        index.fail(on="upload", how="400-before", after=1)
        first = laptop("publish", *GIVEN, "-x", **LAX)
        second = laptop("publish", *GIVEN, "-x", **LAX)

        assert (1, 0, {WHEEL, SDIST}) == (first.code, second.code, set(index.files("demo")))

    def test_an_interrupted_upload_is_not_forgotten(
        self, laptop: Program, tagged: Repository, index: EmbeddedIndex
    ) -> None:
        del tagged
        said = "an upload of v1.0 was begun here and did not come to its end: `releasio publish`"
        change = {"RELEASIO_MODE": "direct"}
        index.fail(on="upload", how="400-before", after=1)
        laptop("publish", *GIVEN, "-x", **LAX)
        before = laptop("status", **change)
        laptop("publish", *GIVEN, "-x", **LAX)
        after = laptop("status", **change)

        assert (True, False) == (said in before.out, said in after.out)

    def test_one_is_finished_in_another_clone_as_the_error_there_says(
        self,
        laptop: Program,
        project: Repository,
        index: EmbeddedIndex,
        built: Path,
        tmp_path: Path,
    ) -> None:
        text = project.read("pyproject.toml").replace('version = "0.1.0"', 'version = "1.0"')
        project.write(".gitignore", "dist/\n")
        project.commit("chore: 1.0", **{"pyproject.toml": text})
        index.fail(on="upload", how="400-before", after=1)
        first = laptop("publish", "dist", "-x", **LAX)
        project.clone(tmp_path / "clone")
        elsewhere = Program(tmp_path / "clone", laptop.env)
        project.git("-C", str(elsewhere.path), "remote", "set-url", "origin", "../origin.git")
        second = elsewhere("release", "-x", **LAX)
        third = elsewhere("publish", str(built), "-x", **LAX)

        assert (1, 4) == (first.code, second.code), second.err
        assert "give the very same ones again, releasio publish FOLDER --execute" in second.err
        assert (0, {WHEEL, SDIST}) == (third.code, set(index.files("demo"))), third.err

    def test_nothing_is_left_when_the_index_has_them(
        self, laptop: Program, tagged: Repository
    ) -> None:
        del tagged
        laptop("publish", *GIVEN, "-x", **LAX)
        run = laptop("publish", *GIVEN, "-x", **LAX)

        assert 0 == run.code, run.err
        assert "Nothing to release: v1.0 is public, and " in run.out


class TestNotOfHead:
    def test_is_refused_before_anything_is_done(
        self, laptop: Program, built: Path, index: EmbeddedIndex
    ) -> None:
        del built
        run = laptop("publish", *GIVEN, "-x", **LAX)

        assert (4, []) == (run.code, index.projects())
        assert "the files are of demo 1.0, but what is checked out (" in run.err
        assert ") is not: pyproject.toml says 0.1.0" in run.err
        assert "Check out what they were built from. To upload them as they are" in run.err

    def test_the_commit_they_are_of_is_named(
        self, laptop: Program, tagged: Repository, index: EmbeddedIndex
    ) -> None:
        tagged.commit("fix: go on")
        run = laptop("publish", *GIVEN, "-x", **LAX)

        assert (4, []) == (run.code, index.projects())
        assert ") is not: v1.0 is another commit" in run.err
        assert "git checkout v1.0. To upload" in run.err

    def test_goes_without_a_tag_where_that_is_wanted(
        self, laptop: Program, built: Path, project: Repository, index: EmbeddedIndex
    ) -> None:
        del built
        before = project.git("for-each-ref")
        run = laptop("publish", *GIVEN, "--no-tag-check", "-x", **LAX)

        assert 0 == run.code, run.err
        assert {WHEEL, SDIST} == set(index.files("demo"))
        assert before == project.git("for-each-ref")
        assert "Uploaded demo 1.0; no tag was made or pushed." in run.out

    def test_says_where_nothing_was_left_to_upload(self, laptop: Program, built: Path) -> None:
        del built
        laptop("publish", *GIVEN, "--no-tag-check", "-x", **LAX)
        run = laptop("publish", *GIVEN, "--no-tag-check", "-x", **LAX)

        assert 0 == run.code, run.err
        assert "demo 1.0 was uploaded before: nothing was left to do" in run.out

    def test_the_preview_of_that_knows_no_push(self, laptop: Program, built: Path) -> None:
        del built
        run = laptop("publish", *GIVEN, "--no-tag-check", **LAX)

        assert 0 == run.code, run.err
        assert "push" not in run.out.partition("publish\n")[2].partition("\n\n")[0]
        assert run.out.endswith("--no-tag-check --execute\n")

    def test_what_is_uploaded_half_way_is_said(
        self, laptop: Program, built: Path, index: EmbeddedIndex
    ) -> None:
        del built
        index.fail(on="upload", how="400-before", after=1)
        run = laptop("publish", *GIVEN, "--no-tag-check", "-x", **LAX)

        assert 1 == run.code
        assert "What is on the index stays there. As soon as nothing is in the way" in run.err

    def test_nothing_is_uploaded_where_that_is_switched_off(
        self, laptop: Program, built: Path, index: EmbeddedIndex
    ) -> None:
        del built
        off = {**LAX, "RELEASIO_PUBLISH_ENABLED": "false"}
        run = laptop("publish", *GIVEN, "--no-tag-check", "-x", **off)

        assert (0, []) == (run.code, index.projects())
        assert "Nothing to release: publishing is switched off for it (publish.enabled)" in run.out


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_links_are_files_of_the_folder_they_lie_in(
    laptop: Program, tagged: Repository, index: EmbeddedIndex
) -> None:
    (tagged.path / "cache").mkdir()
    for name in (WHEEL, SDIST):
        (tagged.path / "dist" / name).rename(tagged.path / "cache" / f"{name}.cached")
        (tagged.path / "dist" / name).symlink_to(tagged.path / "cache" / f"{name}.cached")
    run = laptop("publish", *GIVEN, "-x", **LAX)

    assert (0, {WHEEL, SDIST}) == (run.code, set(index.files("demo"))), run.err


class TestWhichFilesCount:
    @pytest.mark.parametrize("again", [f"dist/{WHEEL}", f"./dist/{WHEEL}", f"dist/../dist/{WHEEL}"])
    def test_one_that_is_given_twice_counts_once(
        self, laptop: Program, tagged: Repository, index: EmbeddedIndex, again: str
    ) -> None:
        del tagged
        run = laptop("publish", *GIVEN, again, "-x", **LAX)

        assert (0, {WHEEL, SDIST}) == (run.code, set(index.files("demo"))), run.err
        assert "3 of" not in laptop("publish", *GIVEN, again, **LAX).out

    def test_the_preview_counts_it_once_too(self, laptop: Program, tagged: Repository) -> None:
        del tagged

        assert "2 of 2 files are left" in laptop("publish", *GIVEN, GIVEN[0], **LAX).out

    def test_a_folder_stands_for_the_distributions_in_it(
        self, laptop: Program, tagged: Repository, index: EmbeddedIndex
    ) -> None:
        for name in ("releasio.json", "SHA256SUMS", ".gitignore"):
            tagged.write(f"dist/{name}", "no distribution\n")
        tagged.write("dist/older/demo-0.9.tar.gz", "not looked at\n")
        preview = laptop("publish", "dist", **LAX)
        run = laptop("publish", "dist", "-x", **LAX)

        assert (0, {WHEEL, SDIST}) == (run.code, set(index.files("demo"))), run.err
        assert preview.out.endswith("To do it: releasio publish dist --execute\n")
        assert "not uploaded" not in run.out

    def test_a_folder_without_any_is_refused(self, laptop: Program) -> None:
        run = laptop("publish", ".", **LAX)

        assert 2 == run.code
        assert "there is no wheel and no .tar.gz among the given files: .\n" in run.err
        assert (
            "  Name the distributions: releasio publish dist/*.whl dist/*.tar.gz. A project "
            "elsewhere is named with --project.\n"
        ) in run.err

    def test_what_is_left_out_is_said(self, laptop: Program, tagged: Repository) -> None:
        tagged.write(f"dist/{WHEEL}.asc", "a signature\n")
        tagged.write("dist/demo_docs-1.0.zip", "of another project\n")
        run = laptop("publish", "dist", **LAX)

        assert 0 == run.code, run.err
        assert (
            f"note: neither wheel nor .tar.gz, and not uploaded: {WHEEL}.asc and "
            "demo_docs-1.0.zip\n"
        ) in run.out

    @pytest.mark.parametrize("name", ["demo-1.0.zip", "demo-1.0-py3.11.egg"])
    def test_a_distribution_of_an_old_kind_is_refused(
        self, laptop: Program, tagged: Repository, index: EmbeddedIndex, name: str
    ) -> None:
        tagged.write(f"dist/{name}", "PK")
        run = laptop("publish", *GIVEN, f"dist/{name}", "-x", **LAX)

        assert (2, []) == (run.code, index.projects())
        assert f"error: {name} is of a kind that is not uploaded any more\n" in run.err
        assert "  Leave it out, or have it built as a wheel or .tar.gz: releasio pub" in run.err

    @pytest.mark.parametrize("given", [("dist",), (*GIVEN, "dist/demo_extra-1.0.tar.gz")])
    def test_a_folder_that_is_called_like_a_file_is_named(
        self, laptop: Program, tagged: Repository, given: tuple[str, ...]
    ) -> None:
        tagged.write("dist/demo_extra-1.0.tar.gz/setup.py", "unpacked here\n")
        run = laptop("publish", *given, **LAX)

        assert 0 == run.code, run.err
        assert "not uploaded: " in run.out
        assert "demo_extra-1.0.tar.gz (a folder)\n" in run.out

    @pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
    @pytest.mark.parametrize("given", [GIVEN[0], "dist"])
    @pytest.mark.parametrize("target", ["../gone.whl", WHEEL])
    def test_a_link_that_leads_nowhere_is_said_to_be_one(
        self, laptop: Program, built: Path, given: str, target: str
    ) -> None:
        (built / WHEEL).unlink()
        (built / WHEEL).symlink_to(target)
        run = laptop("publish", given, **LAX)

        assert 2 == run.code
        assert f"dist/{WHEEL} is a link to {target}, and there is nothing\n" in run.err
        assert (
            "  Put the file there, or in place of the link; if it is not of this release, remove "
            "the link.\n"
        ) in run.err

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes among the files")
    @pytest.mark.parametrize("given", [GIVEN[0], "dist"])
    def test_a_pipe_is_refused_and_not_waited_for(
        self, laptop: Program, built: Path, given: str
    ) -> None:
        (built / WHEEL).unlink()
        os.mkfifo(built / WHEEL)
        run = laptop("publish", given, **LAX)

        assert 2 == run.code
        assert f"error: dist/{WHEEL} is a named pipe, and no file\n" in run.err
        assert "  Write what comes out of it to a file: an upload may have to be sent" in run.err

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes among the files")
    def test_all_pipes_are_named_at_once(self, laptop: Program, built: Path) -> None:
        for name in (WHEEL, SDIST):
            (built / name).unlink()
            os.mkfifo(built / name)
        run = laptop("publish", *GIVEN, **LAX)

        assert 2 == run.code
        assert all(
            f"dist/{name} is a named pipe, and no file" in run.err for name in (WHEEL, SDIST)
        )


class TestNotTogether:
    def test_several_versions(self, laptop: Program, built: Path) -> None:
        sdist(built, version="0.9")
        run = laptop("publish", *GIVEN, "dist/demo-0.9.tar.gz", **LAX)

        assert 2 == run.code
        assert (
            f"error: the given files are of 2 versions: 1.0: {WHEEL} and {SDIST}; "
            "0.9: demo-0.9.tar.gz\n  Name the files of one version.\n"
        ) in run.err

    def test_another_project(self, laptop: Program, tagged: Repository) -> None:
        sdist(tagged.path / "dist", "other")
        run = laptop("publish", "dist/other-1.0.tar.gz", **LAX)

        assert 4 == run.code
        assert "the release is of name demo, but other-1.0.tar.gz says other" in run.err

    def test_none_at_all(self, laptop: Program, tagged: Repository) -> None:
        tagged.write("dist/NOTES.txt", "no distribution\n")
        run = laptop("publish", "dist/NOTES.txt")

        assert 2 == run.code
        assert "there is no wheel and no .tar.gz among the given files: NOTES.txt" in run.err
        assert "Name the distributions: releasio publish dist/*.whl dist/*.tar.gz" in run.err

    def test_damaged(self, laptop: Program, tagged: Repository) -> None:
        tagged.write(f"dist/{WHEEL}", "no archive\n")
        run = laptop("publish", *GIVEN)

        assert 1 == run.code
        assert f"the index would refuse {WHEEL}: Invalid distribution file." in run.err


class TestAdvice:
    """Nothing in this checkout changes a file that is built already."""

    BY_OTHERS = (
        "  It has to be built again by whoever built it; nothing here changes it. For them: "
    )

    def told(self, laptop: Program, *names: str, **env: str) -> str:
        """Return what is read on the screen about these files of dist/."""
        files = (f"dist/{name}" for name in names)
        run = laptop("publish", "--offline", "--registry", "testpypi", *files, **env)

        assert run.code, run.out
        return run.err

    def test_is_for_whoever_built_it(self, laptop: Program, tagged: Repository) -> None:
        text = METADATA.format(name="demo", version="1.0") + "\n.. nosuch::\n"
        wheel(tagged.path / "dist", metadata=text)
        told = self.told(laptop, WHEEL)

        assert f"the description in {WHEEL} is not fit for the index: without a content typ" in told
        assert f"\n{self.BY_OTHERS}Correct the file that [project] readme names: readme = " in told

    def test_so_it_is_for_metadata(self, laptop: Program, tagged: Repository) -> None:
        text = METADATA.format(name="demo", version="1.0") + "Classifier: Nonsense\n"
        wheel(tagged.path / "dist", metadata=text)
        told = self.told(laptop, WHEEL, **LAX)

        assert "'Nonsense' is not a valid classifier." in told
        assert f"\n{self.BY_OTHERS}Change " in told

    def test_of_a_damaged_file_is_to_get_it_again(
        self, laptop: Program, tagged: Repository
    ) -> None:
        tagged.write(f"dist/{SDIST}", "no archive\n")
        told = self.told(laptop, SDIST, **LAX)

        assert (
            "\n  It is empty, cut off, or something else by a wrong name: get it again from where "
            "it was built, or have it built again there.\n"
        ) in told

    def test_of_one_that_cannot_be_read_likewise(self, laptop: Program, tagged: Repository) -> None:
        tagged.write("dist/Nonsense.tar.gz", "no archive\n")
        told = self.told(laptop, "Nonsense.tar.gz", **LAX)

        assert "the metadata of Nonsense.tar.gz cannot be read: " in told
        assert (
            "\n  Get it again from where it was built; if it is the same there, it has to be built "
            "again.\n"
        ) in told

    def test_of_a_renamed_one_is_to_give_it_its_name_back(
        self, laptop: Program, tagged: Repository
    ) -> None:
        (tagged.path / "dist" / SDIST).rename(tagged.path / "dist/Demo-1.0.tar.gz")
        told = self.told(laptop, "Demo-1.0.tar.gz", **LAX)

        assert "Filename 'Demo-1.0.tar.gz' is invalid, should be 'demo-1.0.tar.gz'." in told
        assert "\n  If somebody renamed it, give it back the name it was built with. Else " in told

    def test_of_two_sdists_is_to_name_one(self, laptop: Program, tagged: Repository) -> None:
        sdist(tagged.path / "dist", version="1.0.0")
        told = self.told(laptop, SDIST, "demo-1.0.0.tar.gz", **LAX)

        assert "Only one sdist may be uploaded per release." in told
        assert "\n  Name one of them only.\n" in told

    def test_of_another_project_is_to_leave_it_out(
        self, laptop: Program, tagged: Repository
    ) -> None:
        sdist(tagged.path / "dist", "other")
        told = self.told(laptop, "other-1.0.tar.gz", **LAX)

        assert (
            "\n  Leave out what is not of this release. What should be has to be built again by "
            "whoever built it, from the commit of the release.\n"
        ) in told

    def test_of_a_wheel_for_linux_is_to_repair_it(
        self, laptop: Program, tagged: Repository
    ) -> None:
        name = "demo-1.0-cp312-cp312-linux_x86_64.whl"
        (tagged.path / "dist" / WHEEL).rename(tagged.path / "dist" / name)
        told = self.told(laptop, name, **LAX)

        assert "Binary wheel has an unsupported platform tag 'linux_x86_64'." in told
        assert (
            "\n  Repair it here with auditwheel, have it built with cibuildwheel, or leave" in told
        )

    def test_of_one_that_twine_alone_refuses_is_to_ask_it_or_not(
        self, laptop: Program, tagged: Repository
    ) -> None:
        package = kinds.wheel("demo", METADATA=b"Metadata-Version: 9\n")
        (tagged.path / "dist" / WHEEL).write_bytes(package.data)
        told = self.told(laptop, WHEEL)

        assert f"error: twine refuses {WHEEL}, which releasio would take: Invalid distri" in told
        assert "'9' is not a valid metadata version" in told
        assert (
            "\n  If twine is right, it has to be built again by whoever built it. If twine errs, "
            "upgrade it, or publish.validate_before_publish = false does not ask it.\n"
        ) in told


def test_what_twine_says_is_a_note_and_never_on_the_screen_by_itself(
    laptop: Program, tagged: Repository
) -> None:
    del tagged
    run = laptop("publish", *GIVEN, "--json")
    notes = json.loads(run.out)["notes"]

    assert (0, "".join(f"  note: {note}\n" for note in notes)) == (run.code, run.err)
    assert (
        f"twine warns of {WHEEL} and {SDIST}: `long_description_content_type` missing. defaulting "
        "to `text/x-rst`. `long_description` missing. An index shows as the project's page what "
        'pyproject.toml names, by its ending: readme = "README.md"; in setup.cfg, '
        "long_description and long_description_content_type = text/markdown"
    ) in notes


def test_a_manifest_is_always_of_a_commit(laptop: Program) -> None:
    run = laptop("publish", "--no-tag-check")

    assert 2 == run.code
    assert "--no-tag-check is for files that are given: name them." in run.err
