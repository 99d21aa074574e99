"""Sections that settings ask for, or leave out: dependencies, pre-releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release.decision import Releases, decide
from releasio.rules.bump.request import read_request
from tests.cli.program import Program
from tests.look import offline

if TYPE_CHECKING:
    from releasio.release.release import Release
    from releasio.rules.bump.request import Request
    from tests.fakes.repository import Repository

MANIFEST = '[project]\nname = "demo"\nversion = "1.2.0"\ndependencies = ["httpx>=0.27"]\n'
LOCK = '[[package]]\nname = "anyio"\nversion = "4.0"\n[[package]]\nname = "six"\nversion = "1.0"\n'
BOT = ("-c", "user.name=dependabot[bot]", "-c", "user.email=49699333+dependabot[bot]@x.org")


def begin(repo: Repository, setting: str) -> None:
    """Commit and tag demo 1.2.0 with a *setting* of `[changelog]`."""
    text = f"{MANIFEST}\n[tool.releasio.changelog]\n{setting}\n"
    repo.commit("feat: begin", **{"pyproject.toml": text, "uv.lock": LOCK, "CHANGELOG.md": "# C\n"})
    repo.tag("v1.2.0")


def decided(repo: Repository, request: Request | None = None) -> Release:
    decision = decide(offline(repo).facts(request=request))
    assert isinstance(decision, Releases)
    return decision.releases[0]


class TestDependencies:
    def test_of_manifest_and_lock_have_a_section(self, repo: Repository) -> None:
        begin(repo, "include_dependency_updates = true")
        manifest = repo.read("pyproject.toml").replace("0.27", "0.28")
        lock = LOCK.replace("4.0", "4.1")
        repo.commit("fix: sing", **{"pyproject.toml": manifest, "uv.lock": lock})
        repo.write("uv.lock", lock.replace("1.0", "1.1"))
        repo.git("add", "uv.lock")
        repo.git(*BOT, "commit", "--quiet", "--message", "fix(deps): bump six from 1.0 to 1.1")

        assert decided(repo).notes == (
            "### Fixed\n\n- sing\n\n"
            "### 📦 Dependencies\n\n- dependency httpx: `>=0.27` -> `>=0.28`\n"
            "- anyio 4.0 -> 4.1\n- six 1.0 -> 1.1"
        )

    def test_have_the_heading_that_is_asked_for(self, repo: Repository) -> None:
        begin(repo, 'include_dependency_updates = true\ndependency_section_header = "Needs"')
        repo.commit("fix: sing", **{"uv.lock": LOCK.replace("4.0", "4.1"), "demo.py": ""})

        assert decided(repo).notes.endswith("### Needs\n\n- anyio 4.0 -> 4.1")

    def test_that_did_not_change_have_none(self, repo: Repository) -> None:
        begin(repo, "include_dependency_updates = true")
        repo.commit("fix: sing")

        assert "### Fixed\n\n- sing" == decided(repo).notes


class TestPreReleases:
    def test_have_no_section_where_the_final_one_tells_all(self, repo: Repository) -> None:
        begin(repo, "include_prereleases = false")
        repo.commit("feat: sing")
        candidate = decided(repo, read_request(prerelease="rc"))

        assert ["pyproject.toml"] == [edit.path for edit in candidate.edits]
        assert "### Added\n\n- sing" == candidate.notes
        assert (
            "the changelog gets no section for 1.3.0rc1; the one of 1.3.0 tells what it brings "
            "(changelog.include_prereleases)"
        ) in candidate.reasons

    def test_are_told_by_the_final_release(self, repo: Repository) -> None:
        begin(repo, "include_prereleases = false")
        repo.commit("feat: sing")
        manifest = repo.read("pyproject.toml").replace("1.2.0", "1.3.0rc1")
        repo.commit("chore(release): prepare v1.3.0rc1", **{"pyproject.toml": manifest})
        repo.tag("v1.3.0rc1")
        repo.commit("fix: cough")
        everything = Program(repo.path)("changelog", "--all").out

        assert "### Added\n\n- sing\n\n### Fixed\n\n- cough" == decided(repo).notes
        assert "rc1" not in everything
        assert "- sing" in everything
