"""Notes as pull requests tell them."""

from __future__ import annotations

from releasio.config.tables.model import ChangelogConfig, CommitsConfig, Config
from releasio.rules.commits.reading import read_changes
from releasio.rules.forge.links import Links
from releasio.rules.forge.pull_request import CommitOrigin
from releasio.rules.notes.by_origin import by_origin
from releasio.rules.notes.by_pull_request import by_pull_request
from releasio.rules.notes.listed import told
from releasio.rules.notes.notes import render_notes
from tests.rules.history import commit

GITLAB = Links("gitlab", "https://gitlab.com/ada/demo")


def origin(number: int, title: str, *labels: str) -> CommitOrigin:
    return CommitOrigin(login="ada", number=number, title=title, labels=labels)


def notes(*commits: tuple[str, CommitOrigin | None], links: Links | None = None) -> str:
    """Return the notes of messages with what the forge knows of each, newest first."""
    made = [(commit(message), known) for message, known in commits]
    config = Config(changelog=ChangelogConfig(use_github_prs=True), commits=CommitsConfig())
    reading = read_changes([one for one, _ in made], config.commits)
    origins = {one.id: known for one, known in made if known}
    changes = by_pull_request(reading, origins, config.commits, links)
    return render_notes(told(reading, config, changes), config.changelog)


def test_each_is_one_entry_with_its_title() -> None:
    song = origin(7, "feat(choir): sing in parts (#7)")
    text = notes(("fix: a typo", song), ("feat: sing", song), ("fix: cough", None))

    assert text == "### Added\n\n- **choir:** sing in parts (#7)\n\n### Fixed\n\n- cough"


def test_a_title_counts_that_no_commit_repeats() -> None:
    assert "### Added\n\n- sing (#7)" == notes(("wip", origin(7, "feat: sing")))


def test_a_label_says_the_type_that_a_title_does_not() -> None:
    text = notes(
        ("one", origin(1, "Sing louder", "type: bug")),
        ("two", origin(2, "Sing more", "kind/enhancement")),
        ("three", origin(3, "Say how", "documentation")),
        ("four", origin(4, "Sing on")),
    )

    assert text == (
        "### Added\n\n- Sing more (#2)\n\n### Changed\n\n- Sing on (#4)\n\n"
        "### Fixed\n\n- Sing louder (#1)"
    )


def test_what_breaks_by_a_commit_or_a_label_breaks() -> None:
    text = notes(
        ("feat!: a\n\nBREAKING CHANGE: use b", origin(1, "feat: sing")),
        ("fix: c", origin(2, "fix: cough", "breaking-change")),
    )

    assert text == (
        "### Added\n\n- **Breaking**: sing (#1)\n  - use b\n\n"
        "### Fixed\n\n- **Breaking**: cough (#2)"
    )


def test_labels_leave_one_out() -> None:
    assert "" == notes(("feat: a", origin(1, "feat: sing", "skip-changelog")))


def test_what_is_undone_or_released_is_not_told_again() -> None:
    revert = f'Revert "feat: a"\n\nThis reverts commit {commit("feat: a").id}.'
    text = notes(
        (revert, origin(2, 'Revert "sing"')),
        ("feat: a", origin(1, "feat: sing")),
        ("chore(release): prepare v1.0.0", origin(3, "chore(release): prepare v1.0.0")),
    )

    assert "" == text


def test_a_title_is_only_text() -> None:
    text = notes(("feat: a", origin(1, "feat: thank @ada [x](y) <b>")))

    assert "### Added\n\n- thank @&#8203;ada \\[x\\](y) &lt;b> (#1)" == text


def test_a_number_that_no_commit_has_is_the_forges() -> None:
    changes = read_changes([commit("fix: a"), commit("fix: b (!3)")], CommitsConfig()).changes
    origins = {change.commit.id: CommitOrigin(number=9) for change in changes}

    assert ["!9", "!3"] == [one.reference for one in by_origin(changes, origins, GITLAB)]
    assert ["#9", "!3"] == [one.reference for one in by_origin(changes, origins, None)]
