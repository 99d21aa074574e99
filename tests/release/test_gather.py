"""Real repositories, read: what is found in each state, and what is released then."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from releasio.errors.base import ReleasioError
from releasio.errors.git.checkout import NoCommits, ShallowClone
from releasio.errors.project.manifest import ManifestMissing
from releasio.errors.project.package import NotAPackage
from tests.fakes.repository import Repository
from tests.look import MANIFEST, Look, offline, set_version

if TYPE_CHECKING:
    from tests.embedded.index import EmbeddedIndex


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

    def test_the_remote_s_default_branch(self, project: Repository) -> None:
        project.git("remote", "set-head", "origin", "main")

        assert "main" == offline(project).facts().repository.default_branch

    def test_is_of_no_importance_where_one_is_set(self, project: Repository) -> None:
        project.git("remote", "set-head", "origin", "main")
        project.commit("ci: settings", **{".releasio.toml": 'default_branch = "trunk"\n'})
        found = offline(project).facts()

        assert (None, "trunk") == (found.repository.default_branch, found.default_branch)

    def test_what_is_assumed_of_it_is_said(self, project: Repository) -> None:
        project.git("switch", "--quiet", "--create", "master")
        look = offline(project)

        assert look.facts().repository.default_branch is None
        assert any(
            "the remote was not asked: main or master is taken for its default branch" in note
            for note in look.screen.notes
        )

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

    @pytest.mark.parametrize("key", ["insteadOf", "pushInsteadOf"])
    def test_the_forge_behind_a_short_address(self, project: Repository, key: str) -> None:
        project.git("remote", "set-url", "origin", "gh:acme/demo.py")
        project.git("config", f"url.ssh://git@ssh.github.com:443/.{key}", "gh:")
        forge = offline(project).facts().repository.forge

        assert forge is not None
        assert ("github", "acme/demo.py") == (forge.kind, forge.slug)

    def test_the_forge_behind_a_name_of_ssh(self, project: Repository) -> None:
        config = Path(os.environ["HOME"], ".ssh", "config")
        config.parent.mkdir()
        config.write_text("Host work\n  HostName github.com\n", encoding="utf-8")
        project.git("remote", "set-url", "origin", "git@work:acme/demo.git")
        forge = offline(project).facts().repository.forge

        assert forge is not None
        assert ("github.com", "acme/demo") == (forge.host, forge.slug)

    def test_a_fork_is_not_its_original(self, project: Repository) -> None:
        project.git("remote", "set-url", "origin", "git@github.com:eve/demo.git")
        settings = '[github]\nowner = "acme"\nrepo = "demo"\n'
        project.commit("ci: settings", **{".releasio.toml": settings})
        look = offline(project)

        assert look.facts().repository.forge is None
        assert (
            "github.owner and github.repo name acme/demo, but origin is eve/demo: nothing is done "
            "on the forge. If it was renamed, let the remote have its new address"
        ) in look.screen.notes

    def test_only_what_is_committed_counts(self, project: Repository) -> None:
        project.write("pyproject.toml", MANIFEST.replace("1.2.0", "9.9.9"))

        assert "1.2.0" == str(offline(project).facts().package().manifest.version)


class TestPackage:
    def test_tags_that_head_descends_from_count(self, project: Repository) -> None:
        project.git("switch", "--quiet", "--create", "other")
        project.commit("feat: elsewhere")
        project.tag("v2.0.0")
        project.git("switch", "--quiet", "main")
        found = offline(project).facts().package()

        assert found.last is not None
        assert ("v1.2.0", ("v2.0.0", "v1.2.0")) == (found.last.name, found.tags)

    def test_a_project_in_a_folder(self, repo: Repository) -> None:
        repo.commit(
            "feat: begin", **{"core/pyproject.toml": MANIFEST, "core/CHANGELOG.md": "# C\n"}
        )
        found = Look(repo.path / "core", offline=True).facts().package()

        assert ("core", "core/pyproject.toml") == (found.folder, found.manifest.path)
        assert b"# C\n" == found.documents["core/CHANGELOG.md"]

    def test_the_lock_files_of_a_workspace_are_read(self, repo: Repository) -> None:
        files = {"core/pyproject.toml": MANIFEST, "uv.lock": "version = 1\n"}
        repo.commit("feat: begin", **files)
        documents = Look(repo.path / "core", offline=True).facts().package().documents

        assert b"version = 1\n" == documents["uv.lock"]

    def test_files_that_may_be_edited_are_read_at_head(self, project: Repository) -> None:
        settings = '\n[tool.releasio.version]\nversion_files = ["VERSION"]\n'
        project.commit(
            "feat: more", **{"VERSION": "1.2.0\n", "pyproject.toml": MANIFEST + settings}
        )
        project.write("VERSION", "edited\n")
        documents = offline(project).facts().package().documents

        assert b"1.2.0\n" == documents["VERSION"]
        assert documents["uv.lock"] is None

    @pytest.mark.parametrize(
        "path",
        [
            *("src/demo/__init__.py", "demo/_version.py", "demo.py", "lib/other/__about__.py"),
            *("VERSION", "Cargo.toml", "meson.build", "docs/conf.py", "CITATION.cff"),
        ],
    )
    def test_files_that_may_repeat_the_version_are_read(
        self, project: Repository, path: str
    ) -> None:
        project.commit("feat: more", **{path: '__version__ = "1.2.0"\n'})

        assert path in offline(project).facts().package().documents

    @pytest.mark.parametrize(
        "path", ["tests/__init__.py", "src/demo/_vendor/__init__.py", "demo/other/__init__.py"]
    )
    def test_others_are_not(self, project: Repository, path: str) -> None:
        project.commit("feat: more", **{path: '__version__ = "1.2.0"\n'})

        assert path not in offline(project).facts().package().documents

    @pytest.mark.parametrize(
        "line", ["version.auto_detect_version_files = false", "config_version = 2"]
    )
    def test_none_is_looked_for_where_the_settings_keep_the_old_way(
        self, project: Repository, line: str
    ) -> None:
        files = {"src/demo/__init__.py": '__version__ = "1.2.0"\n', ".releasio.toml": f"{line}\n"}
        project.commit("feat: more", **files)

        assert "src/demo/__init__.py" not in offline(project).facts().package().documents

    def test_a_link_to_a_version_file_is_left_alone(self, project: Repository) -> None:
        project.commit("feat: more", **{"VERSION": "1.2.0\n", "demo/__init__.py": "\n"})
        (project.path / "demo/VERSION").symlink_to("../VERSION")
        project.commit("feat: link")
        edits = offline(project).edits()

        assert {"pyproject.toml", "VERSION"} <= set(edits)
        assert "demo/VERSION" not in edits

    def test_newcomers_are_told_from_earlier_authors(self, project: Repository) -> None:
        settings = "\n[tool.releasio.changelog]\nshow_first_time_contributors = true\n"
        project.commit("feat: more", **{"pyproject.toml": MANIFEST + settings})
        found = offline(project).facts().package()

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

    def test_what_is_built_here_only_prepares_nothing(self, project: Repository) -> None:
        """trio says 0.34.0+dev between its releases."""
        set_version(project, "1.2.0+dev")
        assert "nothing" == offline(project).outcome()

        project.commit("fix: a mistake")
        assert "new v1.2.1" == offline(project).outcome()

    def test_higher_numbers_that_were_given_up_are_not_gone_back_to(self, repo: Repository) -> None:
        """httpx tagged 1.0.0b0, and went on with 0.19.0."""
        repo.commit("feat: begin", **{"pyproject.toml": MANIFEST.replace("1.2.0", "1.0.0b0")})
        repo.tag("v1.0.0b0")
        set_version(repo, "0.19.0")
        repo.tag("v0.19.0")
        repo.commit("fix: a mistake")

        assert "new v0.19.1" == offline(repo).outcome()

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


class TestTagNames:
    """How the next tag is named: as that of the highest release that HEAD descends from."""

    @pytest.mark.parametrize(
        "form",
        ["", "v", "V", "demo/v", "demo-v", "demo==", "release-", "demo-"],
    )
    def test_tags_in_the_form_of_the_others(self, repo: Repository, form: str) -> None:
        repo.commit("feat: begin", **{"pyproject.toml": MANIFEST})
        repo.tag(f"{form}1.2.0")
        repo.commit("fix: a mistake")

        assert f"new {form}1.2.1" == offline(repo).outcome()

    def test_one_ancient_tag_of_another_form_makes_nothing_be_released_again(
        self, repo: Repository
    ) -> None:
        repo.commit("feat: begin", **{"pyproject.toml": MANIFEST.replace("1.2.0", "0.0.8")})
        repo.tag("v0.0.8")
        for patch in range(3):
            set_version(repo, f"1.2.{patch}")
            repo.tag(f"1.2.{patch}")
        repo.commit("docs: words")

        assert "nothing" == offline(repo).outcome()

    def test_a_later_release_that_the_manifest_does_not_say_leaves_no_doubt(
        self, repo: Repository
    ) -> None:
        """build released 1.5.1 from a branch that was merged without its version."""
        repo.commit("feat: begin", **{"pyproject.toml": MANIFEST.replace("1.2.0", "1.1.0")})
        repo.tag("v1.1.0")
        set_version(repo, "1.5.0")
        repo.tag("1.5.0")
        repo.commit("fix: a mistake")
        repo.tag("1.5.1")
        repo.commit("fix: another one")

        assert "new 1.5.2" == offline(repo).outcome()

    def test_a_tag_of_another_branch_does_not_tell(self, project: Repository) -> None:
        project.git("switch", "--quiet", "--create", "other")
        project.commit("feat: elsewhere")
        project.tag("2.0.0")
        project.git("switch", "--quiet", "main")
        project.commit("fix: a mistake")

        assert "new v1.2.1" == offline(project).outcome()

    def test_the_tag_of_another_package_never_counts(self, repo: Repository) -> None:
        repo.commit("feat: begin", **{"pyproject.toml": MANIFEST})
        repo.tag("core-1.5.0")

        assert "new v1.2.0" == offline(repo).outcome()

    def test_a_template_with_the_name(self, repo: Repository) -> None:
        settings = '\n[tool.releasio.version]\ntag_prefix = "{name}@{version}"\n'
        repo.commit("feat: begin", **{"pyproject.toml": MANIFEST + settings})
        repo.tag("demo@1.2.0")
        repo.commit("fix: a mistake")

        assert "new demo@1.2.1" == offline(repo).outcome()

    def test_a_channel_s_own_prefix_never_leads_back_behind_a_release(
        self, repo: Repository
    ) -> None:
        settings = (
            '\n[tool.releasio.branches.next]\nmatch = "next"\nprerelease = true\n'
            'prerelease_token = "dev"\ntag_prefix = "n"\n'
        )
        repo.commit("feat: begin", **{"pyproject.toml": MANIFEST + settings})
        repo.tag("v1.2.0")
        repo.git("switch", "--quiet", "--create", "next")
        repo.commit("fix: a mistake")

        assert "new n1.2.1.dev1" == offline(repo).outcome()


class TestWorkspace:
    """A package among others: what is changed only in others is not changed here."""

    ROOT = '[tool.uv.workspace]\nmembers = ["packages/*"]\n'

    @pytest.fixture
    def core(self, repo: Repository) -> Look:
        cli = MANIFEST.replace("demo", "cli")
        files = {"packages/core/pyproject.toml": MANIFEST, "packages/cli/pyproject.toml": cli}
        repo.commit("feat: begin", **{"pyproject.toml": self.ROOT, **files})
        repo.tag("v1.2.0")
        return Look(repo.path / "packages/core", offline=True)

    def test_what_touches_only_other_members_does_not_count(
        self, repo: Repository, core: Look
    ) -> None:
        repo.commit("feat: more", **{"packages/cli/a.py": ""})

        assert "nothing" == core.outcome()
        assert any(
            "of 1 commits since v1.2.0 1 touch only other members of the workspace" in note
            for note in core.screen.notes
        )

    @pytest.mark.parametrize("path", ["packages/core/a.py", "README.md", "packages/a.txt"])
    def test_what_touches_this_one_or_none_does(
        self, repo: Repository, core: Look, path: str
    ) -> None:
        repo.commit("fix: more", **{path: "", "packages/cli/a.py": ""})

        assert "new v1.2.1" == core.outcome()

    def test_nor_does_the_merge_of_work_on_another_member(
        self, repo: Repository, core: Look
    ) -> None:
        repo.git("switch", "--quiet", "--create", "topic")
        repo.commit("words", **{"packages/cli/a.py": ""})
        repo.git("switch", "--quiet", "main")
        repo.commit("fix: core", **{"packages/core/a.py": ""})
        repo.git("merge", "--quiet", "--no-ff", "-m", "feat: more of cli", "topic")

        assert "new v1.2.1" == core.outcome()

    def test_an_empty_commit_counts(self, repo: Repository, core: Look) -> None:
        repo.commit("fix: more\n\nRelease-As: 2.0.0")

        assert "new v2.0.0" == core.outcome()

    def test_its_root_is_no_package_and_the_members_are_named(
        self, repo: Repository, core: Look
    ) -> None:
        assert "nothing" == core.outcome()
        with pytest.raises(NotAPackage) as caught:
            offline(repo).facts()

        assert "pyproject.toml is of no package: [tool.uv.workspace] without [build-system]" == str(
            caught.value
        )
        assert (
            "Members of the workspace: packages/cli, packages/core. Name one as PATH."
            == caught.value.hint
        )

    def test_a_root_that_is_a_package_is_a_member_like_others(self, repo: Repository) -> None:
        build = "[build-system]\nrequires = []\n"
        files = {"pyproject.toml": MANIFEST + self.ROOT + build, "packages/cli/pyproject.toml": ""}
        repo.commit("feat: begin", **files)
        repo.tag("v1.2.0")
        repo.commit("feat: more", **{"packages/cli/a.py": ""})

        assert "nothing" == offline(repo).outcome()


class TestTagsMissing:
    """A complete clone that has the commits of releases, and not their tags."""

    @pytest.fixture
    def bare_of_tags(self, project: Repository) -> Repository:
        project.git("tag", "--delete", "v1.2.0")
        return project

    def test_a_preview_fetches_them(self, bare_of_tags: Repository, index: EmbeddedIndex) -> None:
        """
        Else everything would look new, and the run would release another version.
        """
        found = Look(bare_of_tags.path, index.upload_url).facts().package()

        assert found.last is not None
        assert "v1.2.0" == found.last.name

    def test_a_run_fetches_them(self, bare_of_tags: Repository, index: EmbeddedIndex) -> None:
        found = Look(bare_of_tags.path, index.upload_url).facts(acting=True).package()

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

        assert Look(bare_of_tags.path, index.upload_url).facts().package().last is None

    def test_offline_nobody_is_asked(self, bare_of_tags: Repository) -> None:
        assert offline(bare_of_tags).facts().package().last is None

    def test_a_remote_that_does_not_answer_is_said(
        self, bare_of_tags: Repository, tmp_path: Path
    ) -> None:
        bare_of_tags.git("remote", "set-url", "origin", str(tmp_path / "gone"))
        look = Look(bare_of_tags.path)
        look.facts()

        assert any("is known from this clone" in note for note in look.screen.notes)


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
        found = Look(shallow.path, index.upload_url).facts(acting=True).package()

        assert found.last is not None
        assert ("v1.2.0", 3) == (found.last.name, len(found.reading.changes))

    def test_a_run_that_cannot_fetch_says_so(self, shallow: Repository, tmp_path: Path) -> None:
        shallow.git("remote", "set-url", "origin", str(tmp_path / "gone"))

        with pytest.raises(ReleasioError) as caught:
            Look(shallow.path).facts(acting=True)

        assert "remote-not-found" == caught.value.code
