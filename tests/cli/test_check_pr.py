"""`releasio check-pr`, as people see it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Program

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("title", "meaning", "release"),
    [
        ("feat(api): more", "feat: a minor change", "would release 0.2.0 (minor, feat)"),
        ("fix: less", "fix: a patch change", "leaves 0.1.1 (patch) the next release"),
        ("feat!: other", "feat: a major change", "would release 0.2.0 (minor, feat)"),
        (
            "docs: words",
            "docs: raises no version by itself",
            "leaves 0.1.1 (patch) the next release",
        ),
    ],
)
def test_tells_what_merging_would_do(
    releasio: Program, title: str, meaning: str, release: str
) -> None:
    run = releasio("check-pr", "--title", title)

    assert 0 == run.code
    assert (
        f"valid: {title}\n  {meaning}\n  merging this {release}, with 1 commit waiting on main\n"
    ) == run.out


def test_names_the_nearest_title(releasio: Program) -> None:
    wrong, unusual = (
        releasio("check-pr", "--title", "Fixes the thing"),
        releasio("check-pr", "--title", "feature: more"),
    )

    assert (1, True) == (wrong.code, 'Did you mean "fix: the thing"?' in wrong.err)
    assert (0, True) == (unusual.code, 'did you mean "feat: more"?' in unusual.out)


def test_prints_a_comment(releasio: Program) -> None:
    good = releasio("check-pr", "--markdown", "--title", "feat: more <b> for @you")
    bad = releasio("check-pr", "--markdown", "--title", "Fixes `it` for @you")

    assert (
        "**This pull request would release 0.2.0** (minor), with 1 commit waiting on main.\n\n"
        "The title says: feat: a minor change.\n"
    ) == good.out
    assert (1, True) == (bad.code, "error:" in bad.err)
    assert (
        "**The title of this pull request will not do.**\n\n"
        "Fixes `it` for @&#8203;you: not a conventional commit.\n\n"
        "Try ``fix: `it` for @you``.\n"
    ) == bad.out


def test_prints_a_document(releasio: Program) -> None:
    document = json.loads(releasio("check-pr", "--json", "--title", "feat: more").out)

    assert {
        "branch": "main",
        "version": "0.2.0",
        "bump": "minor",
        "waiting": "0.1.1",
        "waiting_commits": 1,
        "unknown": None,
    } == document["merge"]
    assert None is document["suggestion"]


def test_without_a_repository_the_title_alone_counts(tmp_path: Path) -> None:
    run = Program(tmp_path)("check-pr", "--title", "feat: more")

    assert 0 == run.code
    assert "what merging this would release is not known: " in run.out


@pytest.mark.parametrize("words", [("more",), ("feat:",), ("feat: x", "--require-scope")])
def test_refuses(releasio: Program, words: tuple[str, ...]) -> None:
    run = releasio("check-pr", "--title", *words)

    assert 1 == run.code
    assert "(releasio explain title-not-conventional)" in run.err


def test_says_how_another_convention_writes_titles(releasio: Program) -> None:
    settings = releasio.path / ".releasio.toml"
    settings.write_text('[commits]\nconvention = "gitmoji"\n', encoding="utf-8")
    run = releasio("check-pr", "--title", "more")

    assert "will not do: not a conventional commit, and begins with no gitmoji" in run.err
    assert (
        'Write it as commits.convention = "gitmoji" has it, such as ":bug: (parser): accept '
        'empty input".'
    ) in " ".join(run.err.split())


def test_reads_the_event(releasio: Program) -> None:
    event = releasio.path.with_name("event.json")
    event.write_text('{"pull_request": {"title": "fix: from the event"}}', encoding="utf-8")
    run = releasio("check-pr", GITHUB_EVENT_PATH=str(event))

    assert "valid: fix: from the event" in run.out


@pytest.mark.parametrize(
    "event",
    ['{"merge_group": {"head_ref": "pr-3"}}', '{"pull_request": {"title": null}}', "[]", "no JSON"],
)
def test_an_event_without_a_title(releasio: Program, event: str) -> None:
    path = releasio.path.with_name("event.json")
    path.write_text(event, encoding="utf-8")
    run = releasio("check-pr", GITHUB_EVENT_PATH=str(path))

    assert 2 == run.code
    assert "there is no pull request title to check" in run.err


def test_without_any_title(releasio: Program) -> None:
    run = releasio("check-pr")

    assert 2 == run.code
    assert "--title" in run.err
    assert "(releasio explain title-not-given)" in run.err
