"""Subjects that would do something if anybody let them: they are text, wherever they are shown."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from releasio.config.tables.model import ChangelogConfig, CommitsConfig, Config
from releasio.frozen import replace
from releasio.release.forge.page_text import page_text
from releasio.rules.commits.reading import read_changes
from releasio.rules.forge.links import Links
from releasio.rules.forge.pull_request import CommitOrigin
from releasio.rules.notes.escape import plain
from releasio.rules.notes.notes import render_notes
from releasio.rules.proposal.description import Description, render
from tests.cli.program import Program
from tests.decided import release
from tests.fakes.projects import static_project
from tests.fakes.repository import Repository
from tests.hostile.nasty import NASTY, Rendered
from tests.known import facts
from tests.rules.history import commit

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "https://github.com/"
LINKS = Links("github", "https://github.com/acme/demo")
BYTES = {"NUL": b"fix: a\0::error::b", "invalid UTF-8": b"fix: caf\xe9 \xff\xfe \xed\xa0\x80"}
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")
COMMAND = re.compile(r"\s*::\w|.*##\[")
OURS = ("::group::", "::endgroup::", "::notice title=", "::warning title=", "::error title=")


def shown(text: str) -> str:
    """Return *text* as a reader sees it."""
    return " ".join(re.sub(r"[`\u200b]", "", text).split())


@pytest.mark.parametrize("kind", NASTY)
@pytest.mark.parametrize("links", [None, LINKS], ids=["plain", "linked"])
def test_notes_show_it_and_do_nothing(kind: str, links: Links | None) -> None:
    subject = NASTY[kind]
    author = (f"A {subject[:200]}", "ada@example.org")
    message = f"fix(api)!: {subject}\n\nBREAKING CHANGE: {subject}\n{subject}\n\n- {subject}"
    changes = read_changes([commit(message, author=author)], CommitsConfig()).changes
    settings = ChangelogConfig(show_authors=True, show_commit_hash=False)

    page = Rendered(render_notes(changes, settings, links=links))

    assert [] == page.live
    assert [] == page.links
    assert shown(plain(subject)) in shown("".join(page.text))


@pytest.mark.parametrize("kind", NASTY)
@pytest.mark.parametrize("by_titles", [False, True], ids=["commits", "pull requests"])
def test_the_page_of_a_release_shows_it_and_does_nothing(kind: str, *, by_titles: bool) -> None:
    subject = NASTY[kind]
    flat = plain(subject)[:200]
    author = (f"A {flat}", "ada@example.org")
    made = commit(f"fix: {subject}\n\nCo-authored-by: B {flat} <b@x.org>", author=author)
    origin = CommitOrigin(login=flat, number=7, title=f"fix: {subject}", labels=(subject,))
    config = Config(changelog=ChangelogConfig(use_github_prs=by_titles))
    known = facts(commits=(), config=config)
    reading = read_changes([made], CommitsConfig())
    package = replace(known.packages[0], reading=reading)
    known = replace(known, packages=(package,), origins={made.id: origin})

    page = Rendered(page_text(known, release(known), ()).body)

    own_links = [link for link in page.links if PAGE not in link.partition(" -> ")[2]]
    assert [] == [tag for tag in page.live if tag not in {"<table>", "<thead>", "<tr>"}]
    assert [] == own_links
    assert shown(plain(subject)) in shown("".join(page.text))


@pytest.mark.parametrize("kind", NASTY)
def test_a_release_pull_request_shows_it_and_does_nothing(kind: str) -> None:
    subject = plain(NASTY[kind])
    reason = f"1234abcd fix: {subject}: fix raises the patch number"
    changes = read_changes([commit(f"fix: {NASTY[kind]}")], CommitsConfig()).changes
    section = render_notes(changes, ChangelogConfig())

    page = Rendered(render(Description(subject, (reason,), section, "x", (), (subject,), "")))

    assert [] == [tag for tag in page.live if tag != "<h4>"]
    assert [] == page.links


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """demo 0.1.0, and a fix with each of the subjects since."""
    folder = tmp_path_factory.mktemp("nasty")
    repo = Repository.create(folder / "repo")
    static_project(repo)
    repo.write("CHANGELOG.md", "# Changelog\n")
    repo.commit("docs: begin a changelog")
    repo.tag("v0.1.0")
    messages = [f"fix: {subject}".encode() for subject in NASTY.values()]
    for message in (*messages, *BYTES.values()):
        about = f"tree {repo.git('rev-parse', 'HEAD^{tree}')}\nparent {repo.head}\n"
        who = "Ada <ada@example.org> 1700000000 +0000"
        content = f"{about}author {who}\ncommitter {who}\n\n".encode() + message
        written = subprocess.run(
            ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"],
            cwd=repo.path,
            input=content,
            capture_output=True,
            check=True,
        )
        repo.git("update-ref", "refs/heads/main", written.stdout.decode().strip())
    return repo


def test_the_changelog_has_them_as_text(project: Repository, tmp_path: Path) -> None:
    clone = project.clone(tmp_path / "clone")
    run = Program(clone.path)("update", "--execute", "--offline")
    text = clone.read("CHANGELOG.md")
    page = Rendered(text)

    assert 0 == run.code
    assert [] == page.live
    assert [] == page.links
    assert len(NASTY) + len(BYTES) == len([*re.finditer(r"^- ", text, re.MULTILINE)])


@pytest.mark.parametrize("words", ["changelog", "check --offline -v", "release --offline"])
def test_a_terminal_shows_them_as_text(project: Repository, words: str) -> None:
    run = Program(project.path)(*words.split())

    assert "owned" in run.out
    assert [] == UNSEEN.findall(run.out.replace("\u200d", "").replace("\u200b", ""))


def test_json_has_them_as_values(project: Repository) -> None:
    run = Program(project.path)("check", "--offline", "--json")

    (package,) = json.loads(run.out)["packages"]
    assert [] == Rendered(package["release"]["notes"]).live
    assert [] == UNSEEN.findall(run.out)


@pytest.mark.parametrize("words", ["changelog", "check --offline -v", "release --offline"])
def test_the_log_of_a_job_has_no_commands_of_theirs(
    project: Repository, tmp_path: Path, words: str
) -> None:
    summary = tmp_path / "summary"
    run = Program(project.path)(
        *words.split(), GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary)
    )
    lines = (run.out + run.err).splitlines()
    commands = [line for line in lines if COMMAND.match(line)]

    assert "owned" in run.out
    assert [] == [line for line in commands if not line.startswith(OURS)]
    assert "::set-output name=x::y" not in commands
