"""Releases whose tag is public and of which something is left, found in real repositories."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.commands import RemoteNotFound
from releasio.errors.index.answers import IndexUnreachable
from releasio.release.journal import Journal
from releasio.rules.bump.request import read_request
from releasio.rules.contents.tag_message import tag_message
from releasio.rules.index.registry import Registry
from releasio.steps.publish.upload import upload_mark
from tests.fakes.index import Clock
from tests.fakes.repository import Repository
from tests.fakes.wheels import sdist, sha256
from tests.look import Look, offline, set_version

if TYPE_CHECKING:
    from pathlib import Path

    from tests.embedded.index import EmbeddedIndex


def tag_release(repo: Repository, folder: Path, version: str, to: str = "") -> None:
    """Commit *version*, and tag and push it with the sdist that is put into *folder*."""
    path, tag = sdist(folder, version=version), f"v{version}"
    text = (repo.path / "pyproject.toml").read_text(encoding="utf-8")
    changed = re.sub(r'^version = ".*"', f'version = "{version}"', text, flags=re.MULTILINE)
    repo.commit(f"chore(release): prepare {tag}", **{"pyproject.toml": changed})
    message = tag_message(tag, {path.name: sha256(path)}, to)
    repo.git("tag", "-a", "-F", "-", tag, input=message)
    repo.git("push", "--quiet", "origin", "main", tag)


def name_index(repo: Repository, table: str) -> None:
    """Commit settings with a registry called `ours`."""
    with (repo.path / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[tool.releasio.registries.ours]\n{table}\n")
    repo.git("commit", "--quiet", "--all", "--message", "ci: our index")


class TestUnfinished:
    @pytest.fixture
    def released(self, project: Repository, tmp_path: Path) -> Path:
        """Return a folder with the files that the tag v1.3.0 names; the index lacks them."""
        set_version(project, "1.3.0")
        built = tmp_path / "built"
        built.mkdir()
        path = sdist(built, version="1.3.0")
        message = tag_message("v1.3.0", {path.name: sha256(path)})
        project.git("tag", "-a", "-F", "-", "v1.3.0", input=message)
        project.git("push", "--quiet", "origin", "main", "v1.3.0")
        return built

    def test_files_of_the_tag_are_not_on_the_index(
        self, project: Repository, released: Path, index: EmbeddedIndex
    ) -> None:
        assert released.is_dir()
        assert "resumed v1.3.0" == Look(project.path, index.upload_url).outcome()

    def test_a_fresh_clone_knows_as_much(
        self, project: Repository, released: Path, index: EmbeddedIndex, tmp_path: Path
    ) -> None:
        project.commit("fix: work has gone on")
        project.git("push", "--quiet", "origin", "main")
        clone = Repository(tmp_path / "remote.git").clone(tmp_path / "clone")
        outcome = Look(clone.path, index.upload_url).outcome()

        assert released.is_dir()
        assert "resumed v1.3.0" == outcome

    def test_what_comes_next_may_be_in_the_manifest_already(
        self, project: Repository, released: Path, index: EmbeddedIndex
    ) -> None:
        set_version(project, "1.4.0.dev0")
        project.git("push", "--quiet", "origin", "main")

        assert released.is_dir()
        assert "resumed v1.3.0" == Look(project.path, index.upload_url).outcome()

    def test_a_tag_that_was_never_on_the_branch_is_nobody_s_release(
        self, project: Repository, index: EmbeddedIndex, tmp_path: Path
    ) -> None:
        project.git("switch", "--quiet", "--create", "aside")
        path = sdist(tmp_path, version="1.3.0")
        project.commit("feat: anything")
        message = tag_message("v1.3.0", {path.name: sha256(path)})
        project.git("tag", "-a", "-F", "-", "v1.3.0", input=message)
        project.git("push", "--quiet", "origin", "v1.3.0")
        project.git("switch", "--quiet", "main")
        set_version(project, "1.3.0")

        assert "resumed" not in Look(project.path, index.upload_url).outcome()

    def test_offline_nobody_knows(self, project: Repository, released: Path) -> None:
        assert released.is_dir()
        assert "nothing" == offline(project).outcome()

    def test_a_preview_goes_on_without_an_index_and_says_so(
        self, project: Repository, released: Path
    ) -> None:
        look = Look(project.path)
        found = look.facts()

        assert released.is_dir()
        assert found.package().unfinished is None
        assert "whether an earlier release is unfinished is not known" in look.screen.notes[-1]

    def test_a_run_stops_without_an_index(self, project: Repository, released: Path) -> None:
        assert released.is_dir()
        with pytest.raises(IndexUnreachable):
            Look(project.path).facts(acting=True)

    def test_an_index_without_a_page_for_what_was_released_before_cannot_tell(
        self, project: Repository, released: Path, index: EmbeddedIndex
    ) -> None:
        """
        Otherwise a release would never be finished where only uploads work.
        """
        tag_release(project, released, "1.4.0")
        look = Look(project.path, index.upload_url)

        assert "nothing" == look.outcome()
        assert "whether v1.4.0 is finished is not known" in look.screen.notes[-1]

    def test_what_went_to_another_index_says_nothing_of_this_one(
        self, project: Repository, released: Path, index: EmbeddedIndex
    ) -> None:
        """The release before names no index, this one names `ours`."""
        name_index(project, f'url = "{index.upload_url}"')
        tag_release(project, released, "1.4.0", to="ours")

        assert "resumed v1.4.0" == Look(project.path, "ours").outcome()

    def test_an_index_whose_pages_the_settings_name_can_tell(
        self, project: Repository, released: Path, index: EmbeddedIndex
    ) -> None:
        name_index(project, f'url = "{index.upload_url}"\nindex = "{index.simple_url}"')
        tag_release(project, released, "1.4.0")

        assert "resumed v1.4.0" == Look(project.path, "ours").outcome()

    @pytest.mark.parametrize(
        ("event", "expected"),
        [("begin", "resumed v1.4.0"), ("fail", "resumed v1.4.0"), ("end", "nothing")],
    )
    def test_how_an_upload_from_here_ended_is_known_by_the_journal(
        self, project: Repository, released: Path, index: EmbeddedIndex, event: str, expected: str
    ) -> None:
        tag_release(project, released, "1.4.0")
        mark = upload_mark(Registry("", index.upload_url, None))
        journal = Journal(project.path / ".git/releasio/journal.jsonl", Clock())
        journal.write("v1.4.0", "publish", "upload", event, mark=mark)

        assert expected == Look(project.path, index.upload_url).outcome()

    def test_an_index_that_never_shows_what_it_took_is_not_fed_again(
        self, project: Repository, released: Path, index: EmbeddedIndex
    ) -> None:
        """
        The first release of a project: no earlier one tells whether the page is elsewhere.
        """
        look = Look(project.path, index.upload_url)
        before = look.outcome()
        host = index.upload_url.split("/")[2]
        mark = upload_mark(Registry(host, index.upload_url, None))
        journal = Journal(project.path / ".git/releasio/journal.jsonl", Clock())
        journal.write("v1.3.0", "publish", "in any words", "begin", mark=mark)
        begun = look.outcome()
        journal.write("v1.3.0", "publish", "in other words", "end", mark=mark)

        assert released.is_dir()
        assert ("resumed v1.3.0", "resumed v1.3.0", "nothing") == (before, begun, look.outcome())
        assert (
            f"{host} took the files of v1.3.0, the journal says, but has no page of demo at "
            f"{index.simple_url}: that they are there cannot be verified. Where the simple index "
            "is elsewhere, say so with `index` in the [registries] table" == look.screen.notes[-1]
        )

    def test_an_explicit_version_goes_first(
        self, project: Repository, released: Path, index: EmbeddedIndex
    ) -> None:
        assert released.is_dir()
        assert "new v2.0.0" == Look(project.path, index.upload_url).outcome(
            read_request(version="2.0.0")
        )

    def test_a_run_that_was_killed_after_its_push(
        self, project: Repository, index: EmbeddedIndex
    ) -> None:
        """
        Its private ref is here and its tag is there, though not here.
        """
        made = set_version(project, "1.3.0")
        project.tag("v1.3.0")
        project.git("push", "--quiet", "origin", "main", "v1.3.0")
        project.git("tag", "-d", "v1.3.0")
        project.git("reset", "--quiet", "--hard", "HEAD~1")
        project.git("update-ref", "refs/releasio/v1.3.0/commit", made)

        assert "resumed v1.3.0" == Look(project.path, index.upload_url).outcome()

    def test_a_run_that_was_killed_before_its_push_left_nothing_to_finish(
        self, project: Repository, index: EmbeddedIndex
    ) -> None:
        made = set_version(project, "1.3.0")
        project.git("reset", "--quiet", "--hard", "HEAD~1")
        project.git("update-ref", "refs/releasio/v1.3.0/commit", made)
        project.commit("fix: work goes on")

        assert "new v1.2.1" == Look(project.path, index.upload_url).outcome()

    def test_a_remote_that_is_gone(self, project: Repository) -> None:
        project.git("update-ref", "refs/releasio/v1.3.0/commit", project.head)
        project.git("remote", "set-url", "origin", str(project.path / "gone"))
        look = Look(project.path)
        look.facts()

        assert "is known from this clone" in look.screen.notes[0]
        with pytest.raises(RemoteNotFound):
            look.facts(acting=True)
