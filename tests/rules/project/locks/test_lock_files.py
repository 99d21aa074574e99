from __future__ import annotations

from releasio.rules.project.locks.lock_files import check_of, locks_around, locks_to_check


def test_locks_of_workspaces_are_above_their_members() -> None:
    assert ["libs/uv.lock", "libs/Cargo.lock", "uv.lock", "Cargo.lock"] == [
        *locks_around("libs/one")
    ]


def test_a_project_at_the_root_has_none_above() -> None:
    assert [] == [*locks_around("")]


def test_what_is_asked_changes_nothing_and_builds_nothing() -> None:
    commands = [check.command for name in ("a/uv.lock", "Cargo.lock") if (check := check_of(name))]

    assert [
        "uv lock --check --offline --no-build",
        "cargo metadata --locked --offline --format-version=1 --quiet",
    ] == commands


def test_nothing_can_tell_of_others() -> None:
    assert [None] * 3 == [check_of(n) for n in ("poetry.lock", "pdm.lock", "package-lock.json")]


def test_is_checked_what_is_edited_or_has_to_follow_the_manifest_beside_it() -> None:
    present = ("uv.lock", "libs/one/uv.lock", "Cargo.lock", "poetry.lock")

    assert ["uv.lock"] == [*locks_to_check(present, {"pyproject.toml", "poetry.lock"})]
    assert ["uv.lock"] == [*locks_to_check(present, {"uv.lock", "libs/two/pyproject.toml"})]
    assert ["Cargo.lock"] == [*locks_to_check(present, {"Cargo.toml"})]
    assert [] == [*locks_to_check(present, {"CHANGELOG.md"})]
