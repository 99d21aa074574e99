"""What a release says on its forge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.config.tables.forge import GithubConfig
from releasio.config.tables.model import ChangelogConfig, Config
from releasio.frozen import replace
from releasio.release.forge.page_text import page_text
from releasio.release.release import as_it_is
from releasio.rules.contents.record import BuiltFile
from releasio.rules.forge.pull_request import CommitOrigin
from tests.decided import release
from tests.known import HEAD, facts

if TYPE_CHECKING:
    from releasio.release.facts import Facts

PAGE = "https://github.com/acme/demo"
CHANGELOG = b"# Changelog\n\n## [1.2.0] - 2024-01-01\n\n### Fixed\n\n- what was wrong\n"


def test_title_is_that_of_2_x() -> None:
    known = facts()

    assert "demo v1.2.1" == page_text(known, release(known)).title


def test_title_is_worded_by_the_setting() -> None:
    known = facts(config=Config(github=GithubConfig(release_name_format="{version} of {project}")))

    assert "1.2.1 of demo" == page_text(known, release(known)).title


def body(known: Facts, files: tuple[BuiltFile, ...] | None = ()) -> str:
    return page_text(known, release(known), files).body


def test_body_has_groups_people_installation_files_and_a_comparison() -> None:
    known = facts(commits=("fix: a mistake (#7)", "feat!: b\n\nBREAKING CHANGE: use c"))
    files = (BuiltFile("demo-2.0.0.tar.gz", 12_345, "a" * 64),)

    assert (
        "### ⚠️ Breaking Changes\n\n- b by Ada Tester\n  - use c\n\n"
        f"### 🐛 Bug Fixes\n\n- a mistake ([#7]({PAGE}/pull/7)) by Ada Tester\n\n"
        "### Contributors\n\n- Ada Tester\n\n"
        "### Installation\n\n```shell\npip install demo==2.0.0\n```\n\n"
        "or with uv:\n\n```shell\nuv add demo==2.0.0\n```\n\n"
        "### Assets\n\n| File | Size | SHA-256 |\n| --- | ---: | --- |\n"
        f"| `demo-2.0.0.tar.gz` | 12.3 kB | `{'a' * 64}` |\n\n"
        f"**Full Changelog**: [v1.2.0...v2.0.0]({PAGE}/compare/v1.2.0...v2.0.0)\n"
    ) == body(known, files)


def test_body_has_the_logins_and_pull_requests_that_the_forge_tells() -> None:
    known = facts(commits=("fix: a mistake",))
    (change,) = known.packages[0].reading.changes
    origins = {change.commit.id: CommitOrigin(login="ada", number=7)}

    assert (f"- a mistake ([#7]({PAGE}/pull/7)) by [@ada](https://github.com/ada)\n") in body(
        replace(known, origins=origins)
    )


def test_body_is_the_changelogs_section_where_somebody_wrote_it() -> None:
    own = CHANGELOG.replace(b"## [1.2.0] - 2024-01-01", b"## [Unreleased]")
    known = facts(files={"CHANGELOG.md": own})

    assert body(known).startswith("### Fixed\n\n- what was wrong\n- a mistake\n\n### Contributors")


def test_body_is_made_of_commits_where_the_settings_say_it() -> None:
    github = GithubConfig(release_body_use_commit_changelog=True)
    known = facts(files={"CHANGELOG.md": CHANGELOG}, config=Config(github=github))

    assert body(known).startswith("### 🐛 Bug Fixes\n\n- a mistake by Ada Tester\n\n")


def test_body_is_the_section_where_the_settings_say_it() -> None:
    github = GithubConfig(release_body_use_commit_changelog=False)

    assert body(facts(config=Config(github=github))).startswith("### Fixed\n\n- a mistake\n\n###")


def test_body_of_a_release_to_be_finished_is_in_the_changelog() -> None:
    known = facts(unfinished="v1.2.0", files={"CHANGELOG.md": CHANGELOG})

    assert body(known).startswith("### Fixed\n\n- what was wrong\n\n")


@pytest.mark.parametrize("enabled", [True, False])
def test_long_notes_are_cut_with_a_link_to_the_tag(*, enabled: bool) -> None:
    commits = tuple(f"fix: mistake number {number} of very many" for number in range(5000))
    known = facts(commits=commits, config=Config(changelog=ChangelogConfig(enabled=enabled)))
    page = "blob/v1.2.1/CHANGELOG.md" if enabled else "releases/tag/v1.2.1"

    text = body(known)

    assert len(text) < 125_000
    assert text.endswith(f"The notes go on: https://github.com/acme/demo/{page}\n")


@pytest.mark.parametrize(
    ("version", "tags", "latest"), [("1.2.0", (), True), ("1.2.0", ("v2.0.0", "v1.1.0"), False)]
)
def test_a_maintenance_release_is_not_the_latest(
    version: str, tags: tuple[str, ...], *, latest: bool
) -> None:
    known = facts(version, last="v1.1.0", tags=tags)

    assert latest == page_text(known, release(known)).latest


def test_a_prerelease_is_marked_as_one() -> None:
    known = facts("1.3.0rc1", last="v1.2.0")
    text = page_text(known, release(known))

    assert (True, False) == (text.prerelease, text.latest)


def test_a_release_known_by_its_files_tells_the_same_as_when_it_is_finished() -> None:
    """`publish` has no decision behind it, and a second run of it none either."""
    config = Config(github=GithubConfig(release_body_use_commit_changelog=False))
    known = facts("1.2.0", config=config, files={"CHANGELOG.md": CHANGELOG})
    unfinished = facts(
        "1.2.0", config=config, files={"CHANGELOG.md": CHANGELOG}, unfinished="v1.2.0"
    )
    one = as_it_is(known, known.package(), HEAD)

    assert "what was wrong" in page_text(known, one).body
    assert page_text(known, one).body == page_text(unfinished, release(unfinished)).body


def test_a_release_is_not_compared_with_itself() -> None:
    """`publish` reads no history, and the last release is the one that it finishes."""
    known = facts("1.2.0", unfinished="v1.2.0")

    assert "v1.2.0...v1.2.0" not in page_text(known, release(known)).body
