"""Files that doctor mends: which of them, and what stays in them."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from releasio.setup.fixing import fix_files
from tests.setup.corpus.case import CORPUS, Case

if TYPE_CHECKING:
    from releasio.setup.situation.situation import Situation
    from tests.fakes.repository import Repository

NAME = ".github/workflows/release.yml"
START = 'name: Release\non: {push: {tags: ["v*"]}}\njobs:\n'
PUBLISH = """\
  publish:
    runs-on: ubuntu-24.04
    environment: pypi
    steps:
      - uses: pypa/gh-action-pypi-publish@release/v1
"""
ADDED = "    permissions:\n      contents: read\n      id-token: write\n"
ALIASED = (
    START
    + PUBLISH.replace("    steps", "    permissions: &few\n      contents: read\n    steps")
    + "  test:\n    runs-on: ubuntu-24.04\n    permissions: *few\n    steps: [{run: make}]\n"
)


def mended(text: str) -> str:
    return text.replace("    steps:\n", f"{ADDED}    steps:\n")


@pytest.fixture
def case(repo: Repository) -> Case:
    """Return a case whose workflow is for the test to write."""
    case = Case(CORPUS / "broken/identity-not-allowed")
    case.build(repo)
    return case


class TestWhatIsNotWritten:
    def test_a_link_and_what_it_names_stay(self, case: Case, repo: Repository) -> None:
        text = START + PUBLISH
        repo.write("ci.yml", text)
        (repo.path / NAME).unlink()
        (repo.path / NAME).symlink_to("../../ci.yml")
        changed_files, obstacles = fix_files(repo.path, lambda: case.situation(repo))

        assert () == changed_files
        assert [f"{NAME} is a symbolic link to ../../ci.yml, so nothing is written there"] == [
            each.message for each in obstacles
        ]
        assert text == repo.read("ci.yml")
        assert (repo.path / NAME).is_symlink()

    def test_nothing_is_written_through_a_folder_that_is_a_link(
        self, case: Case, repo: Repository
    ) -> None:
        text = START + PUBLISH
        outside = repo.path.with_name("outside")
        (repo.path / NAME).unlink()
        (repo.path / NAME).parent.rmdir()
        outside.mkdir()
        (outside / "release.yml").write_text(text, encoding="utf-8")
        (repo.path / NAME).parent.symlink_to(outside)
        changed_files, obstacles = fix_files(repo.path, lambda: case.situation(repo))

        assert () == changed_files
        assert ["link-in-the-way"] == [each.code for each in obstacles]
        assert text == (outside / "release.yml").read_text(encoding="utf-8")

    def test_a_read_only_file_stays(self, case: Case, repo: Repository) -> None:
        text = START + PUBLISH
        repo.write(NAME, text).chmod(stat.S_IRUSR)
        changed_files, obstacles = fix_files(repo.path, lambda: case.situation(repo))

        assert () == changed_files
        assert [f"{NAME} is read-only"] == [each.message for each in obstacles]
        assert text == repo.read(NAME)

    def test_what_somebody_wrote_meanwhile_is_read_again(
        self, case: Case, repo: Repository
    ) -> None:
        repo.write(NAME, START + PUBLISH)
        theirs = f"# theirs\n{START}{PUBLISH}"
        readings = []

        def read() -> Situation:
            situation = case.situation(repo)
            if not readings:
                repo.write(NAME, theirs)
            readings.append(situation)
            return situation

        changed_files, _ = fix_files(repo.path, read)

        assert (NAME,) == changed_files
        assert mended(theirs) == repo.read(NAME)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"\ufeff{START}{PUBLISH}", mended(f"\ufeff{START}{PUBLISH}")),
        (
            f"{START}{PUBLISH}".replace("\n", "\r\n"),
            mended(f"{START}{PUBLISH}").replace("\n", "\r\n"),
        ),
        (
            START
            + PUBLISH.replace("    steps", "    permissions: { contents: read } # no\n    steps"),
            START
            + PUBLISH.replace(
                "    steps", "    permissions: { contents: read, id-token: write } # no\n    steps"
            ),
        ),
        (
            START + PUBLISH.replace("    steps", "    permissions: {} # none\n    steps"),
            START
            + PUBLISH.replace(
                "    steps", "    permissions: # none\n      id-token: write\n    steps"
            ),
        ),
        (
            START
            + PUBLISH.replace(
                "    steps", "    permissions:\n      id-token: none # not yet\n    steps"
            ),
            START
            + PUBLISH.replace(
                "    steps", "    permissions:\n      id-token: write # not yet\n    steps"
            ),
        ),
    ],
    ids=["byte order mark", "carriage returns", "brackets", "empty brackets", "level"],
)
def test_every_other_byte_stays(case: Case, repo: Repository, text: str, expected: str) -> None:
    repo.write(NAME, text)
    fix_files(repo.path, lambda: case.situation(repo))

    assert expected == repo.read(NAME)


@pytest.mark.parametrize(
    "text",
    [
        ALIASED,
        f"# one\u2028# two\n{START}{PUBLISH}",
        f"{START}{PUBLISH}".replace("\n", "\r"),
    ],
    ids=["alias", "line separator", "old line ends"],
)
def test_what_no_edit_can_mend_alone_is_for_people(case: Case, repo: Repository, text: str) -> None:
    repo.write(NAME, text)
    (finding,) = (each for each in case.findings(repo) if each.code == "identity-not-allowed")
    fix_files(repo.path, lambda: case.situation(repo))

    assert finding.patch is None
    assert text == repo.read(NAME)


def test_a_name_that_cannot_be_shown_is_said_and_passed_over(case: Case, repo: Repository) -> None:
    name = ".github/workflows/a\u202eb.yml"
    repo.write(name, START + PUBLISH)
    (finding,) = (each for each in case.findings(repo) if each.code == "workflow-not-yaml")

    assert ".github/workflows/a\\u202eb.yml:1" == finding.place
    assert "its name has a character that cannot be shown" in finding.message
