"""References at the end of a description."""

from __future__ import annotations

import pytest

from releasio.rules.forge.links import Links
from releasio.rules.notes.references import linked, links_like, split_own

GITHUB = Links("github", "https://github.com/ada/demo")
GITLAB = Links("gitlab", "https://gitlab.com/ada/demo")
AZURE = Links("azure", "https://dev.azure.com/o/p/_git/demo")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mend it", ("mend it", ())),
        ("mend it (#12)", ("mend it", ("#12",))),
        ("mend it (#12) (#13)", ("mend it", ("#12", "#13"))),
        ("mend it (Fixes #12, #13 and #14)", ("mend it", ("Fixes #12, #13 and #14",))),
        ("mend it (!3)", ("mend it", ("!3",))),
        ("mend #12", ("mend #12", ())),
        ("mend it (step #1 of it)", ("mend it (step #1 of it)", ())),
        ("mend it (o/r#1)", ("mend it (o/r#1)", ())),
        ("(#12)", ("(#12)", ())),
        ("mend it (#1" + "2" * 20 + ")", ("mend it (#1" + "2" * 20 + ")", ())),
    ],
)
def test_are_what_stands_alone_in_parentheses(
    text: str, expected: tuple[str, tuple[str, ...]]
) -> None:
    assert expected == split_own(text)


@pytest.mark.parametrize(
    ("links", "group", "expected"),
    [
        (None, "#12", "#12"),
        (None, "fixes #12", "fixes #&#8203;12"),
        (GITHUB, "fixes #12", "fixes [#12](https://github.com/ada/demo/pull/12)"),
        (GITLAB, "!12", "[!12](https://gitlab.com/ada/demo/-/merge_requests/12)"),
        (GITLAB, "#12", "[#12](https://gitlab.com/ada/demo/-/issues/12)"),
        (AZURE, "!12", "[PR 12](https://dev.azure.com/o/p/_git/demo/pullrequest/12)"),
        (AZURE, "#12", "[#12](https://dev.azure.com/o/p/_workitems/edit/12)"),
    ],
)
def test_lead_to_their_pages(links: Links | None, group: str, expected: str) -> None:
    assert expected == linked(group, links)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- mend it ([#12](https://github.com/ada/demo/pull/12))\n", GITHUB),
        ("- mend it ([!12](https://gitlab.com/ada/demo/-/merge_requests/12))\n", GITHUB),
        ("- mend it (#12)\n", None),
        (None, None),
    ],
)
def test_are_linked_where_the_changelog_links_them(
    text: str | None, expected: Links | None
) -> None:
    assert expected == links_like(text, GITHUB)
