"""The text of a release on a forge: cut where it is too long, known again, never overwritten."""

from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.frozen import replace
from releasio.rules.forge.release import ForgeRelease, ReleaseText
from releasio.rules.forge.release_text import (
    LIMIT,
    cut,
    is_latest,
    is_ours,
    keeping_human_words,
    says,
    with_mark,
)

MORE = "https://github.com/acme/demo/blob/v1.2.0/CHANGELOG.md"
TEXT = ReleaseText("v1.2.0", "demo v1.2.0", "### Fixed\n\n- a mistake")


def on_forge(text: ReleaseText) -> ForgeRelease:
    return ForgeRelease(
        id="1",
        tag=text.tag,
        title=text.title,
        body=text.body,
        draft=True,
        prerelease=False,
        immutable=False,
        url="",
    )


class TestCut:
    def test_leaves_what_fits(self) -> None:
        body = "- a line\n" * 1000

        assert body == cut(body, MORE)

    def test_ends_at_a_line_and_says_where_it_goes_on(self) -> None:
        line = "- a change that users notice\n"
        short = cut(line * 10_000, MORE)
        *lines, empty, last = short.splitlines()

        assert len(short) + 200 < LIMIT
        assert {line.strip()} == set(lines)
        assert ("", f"The notes go on: {MORE}") == (empty, last)

    def test_closes_code_that_it_cuts(self) -> None:
        short = cut("```\n" + "print()\n" * 20_000, MORE)

        assert 0 == short.count("```") % 2

    def test_cuts_a_single_line_that_is_too_long(self) -> None:
        assert len(cut("x" * 200_000, MORE)) < LIMIT


class TestMark:
    def test_knows_its_own_text_again(self) -> None:
        assert is_ours(on_forge(with_mark(TEXT)))

    @pytest.mark.parametrize("end", ["\r\n", "  \n"])
    def test_knows_it_by_other_line_ends(self, end: str) -> None:
        marked = with_mark(TEXT)

        assert is_ours(on_forge(replace(marked, body=marked.body.replace("\n", end))))

    @pytest.mark.parametrize(
        "changed",
        [
            replace(with_mark(TEXT), title="Something else"),
            replace(with_mark(TEXT), body=f"Hello!\n{with_mark(TEXT).body}"),
            replace(with_mark(TEXT), body=f"{with_mark(TEXT).body}\nHello!"),
            TEXT,
        ],
    )
    def test_is_not_fooled_by_what_a_person_changed(self, changed: ReleaseText) -> None:
        assert not is_ours(on_forge(changed))


class TestHumanWords:
    def test_own_text_is_brought_up_to_date(self) -> None:
        newer = replace(TEXT, body="### Fixed\n\n- two mistakes")

        assert with_mark(newer) == keeping_human_words(newer, on_forge(with_mark(TEXT)))

    def test_own_text_is_not_emptied(self) -> None:
        marked = with_mark(TEXT)

        assert marked == keeping_human_words(replace(TEXT, body=""), on_forge(marked))

    def test_a_persons_title_and_body_stay(self) -> None:
        human = replace(TEXT, title="The big one", body="Read this first.")

        assert human == keeping_human_words(TEXT, on_forge(human))

    def test_a_release_without_words_gets_ours_and_keeps_its_title(self) -> None:
        text = keeping_human_words(TEXT, on_forge(replace(TEXT, title="The big one", body="")))

        assert "The big one" == text.title
        assert text.body.startswith(TEXT.body)
        assert is_ours(on_forge(text))

    def test_saying_the_same_is_no_matter_of_line_ends(self) -> None:
        marked = with_mark(TEXT)

        assert says(on_forge(replace(marked, body=marked.body.replace("\n", "\r\n"))), marked)
        assert not says(on_forge(marked), TEXT)


@pytest.mark.parametrize(
    ("version", "others", "expected"),
    [
        ("1.2.0", ["1.1.0", "1.0.0"], True),
        ("1.2.0", [], True),
        ("1.2.0", ["1.2.0", "1.1.0"], True),
        ("1.1.5", ["1.2.0", "1.1.4"], False),
        ("1.2.0rc1", ["1.1.0"], False),
        ("1.2.0.dev4", ["1.1.0"], False),
        ("1.2.0", ["2.0.0rc1", "1.1.0"], True),
        ("1.2.0.post1", ["1.2.0"], True),
    ],
)
def test_the_latest_is_the_highest_final_one(
    version: str, others: list[str], *, expected: bool
) -> None:
    assert expected == is_latest(Version(version), map(Version, others))
