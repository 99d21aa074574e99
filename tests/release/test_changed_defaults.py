"""What the defaults that changed do to the very next release."""

from __future__ import annotations

import pytest

from releasio.config.reading.generations import CHANGED, with_old_default
from releasio.config.tables.model import Config
from releasio.release.changed_defaults import new_effects, old_effects, undated_notes
from tests.known import facts

LOWER = "fix: it\n\nBreaking change: gone"
CHANGELOG = {"CHANGELOG.md": b"# Changelog\n"}


def differences(*commits: str, chosen: frozenset[str] = frozenset()) -> dict[str, str]:
    known = facts(commits=commits, files=CHANGELOG, chosen=chosen)
    return {each.changed.key: each.difference for each in old_effects(known) if each.difference}


def test_are_none_where_nothing_is_different() -> None:
    assert {} == differences("refactor: it")


@pytest.mark.parametrize(
    ("commit", "key", "difference"),
    [
        (LOWER, "commits.breaking_pattern", "2.0.0 would be released, not 1.2.1"),
        (
            "docs: it\n\nBreaking change: gone",
            "commits.breaking_pattern",
            "2.0.0 would be released, not nothing",
        ),
    ],
)
def test_are_a_version(commit: str, key: str, difference: str) -> None:
    assert difference == differences(commit)[key]


def test_are_notes() -> None:
    found = differences("fix: a", "docs: b", "chore: c")

    expected = "the notes would have 3 entries, not 1 entry"
    assert expected == found["changelog.include_types"]


def test_are_titles_of_groups() -> None:
    found = differences("fix: a", "feat: b")

    expected = "the notes would have ✨ Features, 🐛 Bug Fixes"
    assert expected == found["changelog.section_headers"]


def test_of_keys_that_somebody_chose_are_none_of_theirs() -> None:
    assert {} == differences(LOWER, chosen=frozenset(one.key for one in CHANGED))


def test_are_said_of_a_file_without_config_version() -> None:
    (note,) = undated_notes(facts(commits=(LOWER,), undated=True))

    assert (
        "the settings file has no config_version, so the newest defaults count: by the old default "
        "of commits.breaking_pattern 2.0.0 would be released, not 1.2.1; "
    ) in note
    assert note.endswith(
        "config_version = 3 keeps the new ones, an older one the old ones, and `releasio config "
        "upgrade` shows how to keep one of them"
    )


def test_are_not_said_of_other_files() -> None:
    assert [] == list(undated_notes(facts(commits=(LOWER,))))


def test_of_the_next_config_version_are_known_before_it_is_written() -> None:
    config = Config()
    for changed in CHANGED:
        config = with_old_default(config, changed)
    known = facts(commits=(LOWER,))

    found = {each.changed.key: each.difference for each in new_effects(known, config, frozenset())}

    assert "1.2.1 would be released, not 2.0.0" == found["commits.breaking_pattern"]
    assert {one.key for one in CHANGED} == found.keys()
