"""A release tells the same before it is made, and when it is finished later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release.decision import Releases, decide
from releasio.release.forge.page_text import page_text
from releasio.rules.contents.tag_message import tag_message
from tests.fakes.wheels import sdist, sha256
from tests.look import Look

if TYPE_CHECKING:
    from pathlib import Path

    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository


def told(look: Look) -> str:
    """Return what the page of the release says that would be made now."""
    facts = look.facts()
    decision = decide(facts)
    assert isinstance(decision, Releases)
    (release,) = decision.releases
    return f"{release.kind} {release.tag}\n{page_text(facts, release, ()).body}"


def prepare(repo: Repository, **files: str) -> None:
    """Commit the release that is decided, and what else it changes."""
    facts = Look(repo.path).facts()
    decision = decide(facts)
    assert isinstance(decision, Releases)
    edits = {edit.path: edit.after.decode() for edit in decision.releases[0].edits}
    repo.commit(f"chore(release): prepare {decision.releases[0].tag}", **{**edits, **files})


def publish_tag(repo: Repository, tag: str, folder: Path) -> None:
    """Push *tag* with an sdist that no index has."""
    path = sdist(folder, version=tag.removeprefix("v"))
    message = tag_message(tag, {path.name: sha256(path)})
    repo.git("tag", "-a", "-F", "-", tag, input=message)
    repo.git("push", "--quiet", "origin", "main", tag)


def test_what_it_told_before_the_kill(
    project: Repository, index: EmbeddedIndex, tmp_path: Path
) -> None:
    project.commit("feat: sing (#3)\n\nCo-authored-by: Bo <bo@example.org>")
    before = told(Look(project.path, index.upload_url))
    prepare(project)
    publish_tag(project, "v1.3.0", tmp_path)
    project.commit("fix: what comes next")
    project.git("push", "--quiet", "origin", "main")
    after = told(Look(project.path, index.upload_url))

    assert before.startswith("new v1.3.0\n### ✨ Features\n\n- sing (#3) by Ada Tester and Bo\n")
    assert "resumed v1.3.0" == after.partition("\n")[0]
    assert before.partition("\n")[2] == after.partition("\n")[2]


def test_its_own_words_are_those_of_its_commit(
    project: Repository, index: EmbeddedIndex, tmp_path: Path
) -> None:
    changelog = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- a song by hand\n"
    project.commit("feat: sing")
    project.commit("docs: tell it", **{"CHANGELOG.md": changelog})
    before = told(Look(project.path, index.upload_url))
    prepare(project)
    publish_tag(project, "v1.3.0", tmp_path)
    text = project.read("CHANGELOG.md").replace("a song by hand", "something else")
    project.commit("docs: reword", **{"CHANGELOG.md": text})
    project.git("push", "--quiet", "origin", "main")
    after = told(Look(project.path, index.upload_url))

    assert "### Added\n\n- a song by hand\n- sing\n\n" in before
    assert before.partition("\n")[2] == after.partition("\n")[2]


def test_what_came_after_a_prepared_version_is_not_its_own(
    project: Repository, index: EmbeddedIndex
) -> None:
    project.commit("feat: sing")
    prepare(project)
    project.commit("fix: what comes next")
    text = told(Look(project.path, index.upload_url))

    assert text.startswith("prepared v1.3.0\n### ✨ Features\n\n- sing by Ada Tester\n\n###")
    assert "what comes next" not in text
