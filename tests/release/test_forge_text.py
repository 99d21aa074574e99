"""What a release says on its forge."""

from __future__ import annotations

import pytest

from releasio.config.tables.forge import GithubConfig
from releasio.config.tables.model import ChangelogConfig, Config
from releasio.release.forge.forge_text import text_of
from tests.decided import release
from tests.known import facts

CHANGELOG = b"# Changelog\n\n## [1.2.0] - 2024-01-01\n\n### Fixed\n\n- what was wrong\n"


def test_title_is_that_of_2_x() -> None:
    known = facts()

    assert "demo v1.2.1" == text_of(known, release(known)).title


def test_title_is_worded_by_the_setting() -> None:
    known = facts(config=Config(github=GithubConfig(release_name_format="{version} of {project}")))

    assert "1.2.1 of demo" == text_of(known, release(known)).title


def test_body_is_what_the_changelog_says() -> None:
    known = facts()
    one = release(known)

    assert one.notes == text_of(known, one).body
    assert "a mistake" in one.notes


def test_body_of_a_release_to_be_finished_is_in_the_changelog() -> None:
    known = facts(unfinished="v1.2.0", files={"CHANGELOG.md": CHANGELOG})

    assert "### Fixed\n\n- what was wrong" == text_of(known, release(known)).body.strip()


@pytest.mark.parametrize("enabled", [True, False])
def test_long_notes_are_cut_with_a_link_to_the_tag(*, enabled: bool) -> None:
    commits = tuple(f"fix: mistake number {number} of very many" for number in range(5000))
    known = facts(commits=commits, config=Config(changelog=ChangelogConfig(enabled=enabled)))
    page = "blob/v1.2.1/CHANGELOG.md" if enabled else "releases/tag/v1.2.1"

    body = text_of(known, release(known)).body

    assert len(body) < 125_000
    assert body.endswith(f"The notes go on: https://github.com/acme/demo/{page}\n")


@pytest.mark.parametrize(
    ("version", "tags", "latest"), [("1.2.0", (), True), ("1.2.0", ("v2.0.0", "v1.1.0"), False)]
)
def test_a_maintenance_release_is_not_the_latest(
    version: str, tags: tuple[str, ...], *, latest: bool
) -> None:
    known = facts(version, last="v1.1.0", tags=tags)

    assert latest == text_of(known, release(known)).latest


def test_a_prerelease_is_marked_as_one() -> None:
    known = facts("1.3.0rc1", last="v1.2.0")
    text = text_of(known, release(known))

    assert (True, False) == (text.prerelease, text.latest)
