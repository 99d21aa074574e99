"""Real repositories, read: what is found in each state, and what is released then."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from releasio.config.load import load
from releasio.errors.base import ReleasioError
from releasio.errors.checkout import NoCommits, ShallowClone, TagsMissing
from releasio.errors.git import RemoteNotFound
from releasio.errors.index import IndexUnreachable
from releasio.errors.manifest import ManifestMissing
from releasio.facts import Request
from releasio.gather import gather
from releasio.journal import Journal
from releasio.outlook import Nothing
from releasio.rehearsal.index import EmbeddedIndex
from releasio.release import preview
from releasio.rules.ledger import tag_message
from releasio.rules.registry import Registry
from releasio.steps.upload import upload_mark
from tests.fakes.index import Clock
from tests.fakes.repository import Repository
from tests.fakes.wheels import sdist, sha256
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from releasio.facts import Facts
    from releasio.world.screen import Quiet

# nobody listens on it: a test that asks no index on purpose shows when one is asked
NOBODY = "http://127.0.0.1:9/legacy/"
MANIFEST = '[project]\nname = "demo"\nversion = "1.2.0"\n'


@pytest.fixture
def project(repo: Repository, tmp_path: Path) -> Repository:
    """demo 1.2.0, tagged and pushed."""
    repo.commit("feat: begin", **{"pyproject.toml": MANIFEST})
    repo.tag("v1.2.0")
    repo.add_remote(tmp_path / "remote.git")
    return repo


@pytest.fixture
def index() -> Iterator[EmbeddedIndex]:
    with EmbeddedIndex() as index:
        yield index


class Look:
    """What releasio finds in a directory."""

    def __init__(self, path: Path, registry: str = NOBODY, *, offline: bool = False) -> None:
        self.path = path
        self.env = {"RELEASIO_PUBLISH_REGISTRY": registry}
        self.offline = offline
        self.screen: Quiet

    def facts(self, *, acting: bool = False) -> Facts:
        world, self.screen = world_of(self.path, **self.env)
        world.offline = self.offline
        try:
            return gather(world, self._settings(), Request(), acting=acting)
        finally:
            world.close()

    def outcome(self, request: Request | None = None) -> str:
        """Return kind and tag of what would be released, or `nothing`."""
        world, self.screen = world_of(self.path, **self.env)
        world.offline = self.offline
        try:
            outcome = preview(world, self._settings(), request or Request()).outcome
        finally:
            world.close()
        return "nothing" if isinstance(outcome, Nothing) else f"{outcome.kind} {outcome.tag}"

    def _settings(self):  # noqa: ANN202 -- whatever `load` returns
        return load(self.path, {**os.environ, **self.env})


def offline(repo: Repository) -> Look:
    return Look(repo.path, offline=True)


def set_version(repo: Repository, version: str) -> str:
    """Commit another version, as `update` and a person would."""
    text = MANIFEST.replace("1.2.0", version)
    return repo.commit(f"chore(release): prepare v{version}", **{"pyproject.toml": text})


class TestRepository:
    def test_head_branch_remote_and_changes(self, project: Repository) -> None:
        project.write("pyproject.toml", MANIFEST + "\n")
        project.write("untracked.txt", "not ours\n")
        found = offline(project).facts().repository

        assert (project.head, "main", ("pyproject.toml",)) == (
            found.head,
            found.branch,
            found.changed,
        )
        assert found.remote is not None
        assert "origin" == found.remote.name

    def test_detached_head(self, project: Repository) -> None:
        project.git("switch", "--quiet", "--detach")

        assert offline(project).facts().repository.branch is None

    def test_no_remote(self, repo: Repository) -> None:
        repo.commit("feat: begin", **{"pyproject.toml": MANIFEST})

        assert offline(repo).facts().repository.remote is None

    def test_no_commits(self, repo: Repository) -> None:
        with pytest.raises(NoCommits) as caught:
            offline(repo).facts()

        assert "this repository has no commits yet" == str(caught.value)
        assert "Commit the project first, then run again." == caught.value.hint

    def test_no_manifest(self, repo: Repository) -> None:
        repo.commit("feat: begin")

        with pytest.raises(ManifestMissing, match=r"pyproject\.toml"):
            offline(repo).facts()

    def test_the_page_on_the_forge(self, project: Repository) -> None:
        project.git("remote", "set-url", "origin", "git@github.com:acme/demo.git")

        assert "https://github.com/acme/demo" == offline(project).facts().repository.web

    def test_only_what_is_committed_counts(self, project: Repository) -> None:
        project.write("pyproject.toml", MANIFEST.replace("1.2.0", "9.9.9"))

        assert "1.2.0" == str(offline(project).facts().packages[0].manifest.version)


class TestPackage:
    def test_tags_that_head_descends_from_count(self, project: Repository) -> None:
        project.git("switch", "--quiet", "--create", "other")
        project.commit("feat: elsewhere")
        project.tag("v2.0.0")
        project.git("switch", "--quiet", "main")
        found = offline(project).facts().packages[0]

        assert found.last is not None
        assert ("v1.2.0", ("v2.0.0", "v1.2.0")) == (found.last.name, found.tags)

    def test_a_project_in_a_folder(self, repo: Repository) -> None:
        repo.commit(
            "feat: begin", **{"core/pyproject.toml": MANIFEST, "core/CHANGELOG.md": "# C\n"}
        )
        found = Look(repo.path / "core", offline=True).facts().packages[0]

        assert ("core", "core/pyproject.toml") == (found.folder, found.manifest.path)
        assert b"# C\n" == found.documents["core/CHANGELOG.md"]

    def test_files_that_may_be_edited_are_read_at_head(self, project: Repository) -> None:
        settings = '\n[tool.releasio.version]\nversion_files = ["VERSION"]\n'
        project.commit(
            "feat: more", **{"VERSION": "1.2.0\n", "pyproject.toml": MANIFEST + settings}
        )
        project.write("VERSION", "edited\n")
        documents = offline(project).facts().packages[0].documents

        assert b"1.2.0\n" == documents["VERSION"]
        assert documents["uv.lock"] is None

    def test_versions_are_looked_for_only_when_asked(self, project: Repository) -> None:
        project.commit("feat: more", **{"src/demo/__init__.py": '__version__ = "1.2.0"\n'})
        before = offline(project).facts().packages[0].documents
        settings = "\n[tool.releasio.version]\nauto_detect_version_files = true\n"
        project.commit("feat: look", **{"pyproject.toml": MANIFEST + settings})
        after = offline(project).facts().packages[0].documents

        assert "src/demo/__init__.py" not in before
        assert "src/demo/__init__.py" in after

    def test_newcomers_are_told_from_earlier_authors(self, project: Repository) -> None:
        settings = "\n[tool.releasio.changelog]\nshow_first_time_contributors = true\n"
        project.commit("feat: more", **{"pyproject.toml": MANIFEST + settings})
        found = offline(project).facts().packages[0]

        assert frozenset({"ada@example.org"}) == found.earlier_authors


class TestState:
    def test_new(self, project: Repository) -> None:
        project.commit("fix: a mistake")

        assert "new v1.2.1" == offline(project).outcome()

    def test_nothing(self, project: Repository) -> None:
        assert "nothing" == offline(project).outcome()

    def test_no_tags(self, repo: Repository) -> None:
        repo.commit("feat: begin", **{"pyproject.toml": MANIFEST})

        assert "new v1.2.0" == offline(repo).outcome()

    def test_prepared(self, project: Repository) -> None:
        set_version(project, "1.3.0")

        assert "prepared v1.3.0" == offline(project).outcome()

    def test_development_version(self, project: Repository) -> None:
        set_version(project, "1.3.0.dev0")

        assert offline(project).outcome() in {"nothing", "new v1.3.0"}

    def test_channel_of_the_branch(self, project: Repository) -> None:
        settings = (
            '\n[tool.releasio.branches.next]\nmatch = "next"\nprerelease = true\n'
            'prerelease_token = "beta"\npublish = false\ntag_prefix = "n"\n'
        )
        project.git("switch", "--quiet", "--create", "next")
        project.commit("feat: more", **{"pyproject.toml": MANIFEST + settings})
        project.tag("n1.2.0")
        project.commit("fix: a")

        assert "new n1.2.1b1" == offline(project).outcome()


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

    def test_offline_nobody_knows(self, project: Repository, released: Path) -> None:
        assert released.is_dir()
        assert "nothing" == offline(project).outcome()

    def test_a_preview_goes_on_without_an_index_and_says_so(
        self, project: Repository, released: Path
    ) -> None:
        look = Look(project.path)
        found = look.facts()

        assert released.is_dir()
        assert found.packages[0].unfinished is None
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
            Request(version="2.0.0")
        )

    def test_tags_of_other_tools_promise_nothing(
        self, project: Repository, index: EmbeddedIndex
    ) -> None:
        assert "nothing" == Look(project.path, index.upload_url).outcome()

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

        assert "nothing" == Look(project.path, index.upload_url).outcome()

    def test_a_remote_that_is_gone(self, project: Repository) -> None:
        project.git("update-ref", "refs/releasio/v1.3.0/commit", project.head)
        project.git("remote", "set-url", "origin", str(project.path / "gone"))
        look = Look(project.path)
        look.facts()

        assert "is not known" in look.screen.notes[-1]
        with pytest.raises(RemoteNotFound):
            look.facts(acting=True)


class TestTagsMissing:
    """A complete clone that has the commits of releases, and not their tags."""

    @pytest.fixture
    def bare_of_tags(self, project: Repository) -> Repository:
        project.git("tag", "--delete", "v1.2.0")
        return project

    def test_a_preview_says_so_instead_of_calling_it_the_first_release(
        self, bare_of_tags: Repository
    ) -> None:
        with pytest.raises(TagsMissing) as caught:
            Look(bare_of_tags.path).facts()

        assert (
            "this clone lacks tag v1.2.0 of origin, so what is new since then cannot be told"
            == str(caught.value)
        )
        assert caught.value.hint.startswith("git fetch --tags origin; ")

    def test_many_are_named_briefly(self, bare_of_tags: Repository) -> None:
        for minor in range(5):
            bare_of_tags.git("push", "--quiet", "origin", f"HEAD:refs/tags/v2.{minor}.0")

        with pytest.raises(TagsMissing, match=r"tags v2\.4\.0, v2\.3\.0, v2\.2\.0 and 3 more of"):
            Look(bare_of_tags.path).facts()

    def test_a_run_fetches_them(self, bare_of_tags: Repository, index: EmbeddedIndex) -> None:
        found = Look(bare_of_tags.path, index.upload_url).facts(acting=True).packages[0]

        assert found.last is not None
        assert "v1.2.0" == found.last.name

    def test_tags_of_commits_that_are_not_here_say_nothing(
        self, bare_of_tags: Repository, index: EmbeddedIndex
    ) -> None:
        bare_of_tags.git("push", "--quiet", "--delete", "origin", "v1.2.0")
        other = bare_of_tags.clone(bare_of_tags.path.with_name("other"))
        other.commit("fix: elsewhere")
        remote = bare_of_tags.git("remote", "get-url", "origin")
        other.git("push", "--quiet", remote, "HEAD:refs/tags/v9.0.0")

        assert Look(bare_of_tags.path, index.upload_url).facts().packages[0].last is None

    def test_offline_nobody_is_asked(self, bare_of_tags: Repository) -> None:
        assert offline(bare_of_tags).facts().packages[0].last is None

    def test_a_remote_that_does_not_answer_is_said(
        self, bare_of_tags: Repository, tmp_path: Path
    ) -> None:
        bare_of_tags.git("remote", "set-url", "origin", str(tmp_path / "gone"))
        look = Look(bare_of_tags.path)
        look.facts()

        assert any("whether this is the first release is not known" in n for n in look.screen.notes)


class TestShallowClone:
    @pytest.fixture
    def shallow(self, project: Repository, tmp_path: Path) -> Repository:
        for number in range(3):
            project.commit(f"fix: mistake {number}")
        project.git("push", "--quiet", "origin", "main")
        return Repository(tmp_path / "remote.git").clone(
            tmp_path / "clone", "--depth=1", "--no-tags"
        )

    def test_a_preview_says_what_is_missing(self, shallow: Repository) -> None:
        with pytest.raises(ShallowClone) as caught:
            offline(shallow).facts()

        assert "shallow" in str(caught.value)
        assert "fetch-depth: 0" in caught.value.hint or "--unshallow" in caught.value.hint
        assert "1" == shallow.git("rev-list", "--count", "HEAD")

    def test_a_run_fetches_what_it_needs(self, shallow: Repository, index: EmbeddedIndex) -> None:
        found = Look(shallow.path, index.upload_url).facts(acting=True).packages[0]

        assert found.last is not None
        assert ("v1.2.0", 3) == (found.last.name, len(found.reading.changes))

    def test_a_run_that_cannot_fetch_says_so(self, shallow: Repository, tmp_path: Path) -> None:
        shallow.git("remote", "set-url", "origin", str(tmp_path / "gone"))

        with pytest.raises(ReleasioError) as caught:
            Look(shallow.path).facts(acting=True)

        assert "remote-not-found" == caught.value.code
