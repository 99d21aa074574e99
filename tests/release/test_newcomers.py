"""Who contributed before a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.config.tables.model import ChangelogConfig, Config
from releasio.release.reading.commit_range import earlier_authors
from tests.world.git_fixtures import opened

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

NAMED = Config(changelog=ChangelogConfig(show_first_time_contributors=True))


def test_authors_and_co_authors_did_under_the_names_of_the_mailmap(repo: Repository) -> None:
    repo.commit("fix: a", **{".mailmap": "Cy <cy@new.org> <cy@old.org>\n"})
    repo.commit("fix: b\n\nCo-authored-by: Bo <bo@x.org>\nCo-authored-by: cy <cy@old.org>")
    repo.tag("v1.0.0")
    repo.commit("fix: c\n\nCo-authored-by: Di <di@x.org>")
    author = repo.git("log", "-1", "--format=%ae").strip()

    assert {author, "bo@x.org", "cy@new.org"} == earlier_authors(opened(repo), NAMED, "v1.0.0")


def test_nobody_is_asked_for_where_no_newcomer_is_named(repo: Repository) -> None:
    repo.commit("fix: a")
    repo.tag("v1.0.0")

    assert frozenset() == earlier_authors(opened(repo), Config(), "v1.0.0")
    assert frozenset() == earlier_authors(opened(repo), NAMED, None)
