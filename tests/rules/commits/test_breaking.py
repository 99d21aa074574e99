"""What counts as a breaking change, and what only looks like one."""

from __future__ import annotations

import pytest

from releasio.config.tables.model import CommitsConfig
from releasio.rules.commits.breaking import (
    EMPTY,
    FILLED_IN,
    IN_A_SENTENCE,
    LOWER_CASE,
    NO_FOOTER,
    OTHER_CASE,
    QUOTED,
    BreakingFooters,
)
from releasio.rules.commits.near_misses import MISPLACED_MARK, sentences
from releasio.rules.commits.reading import Reading, read_changes
from tests.rules.history import commit, told


def notes_of(body: str, **settings: object) -> list[str]:
    return [mark.note for mark in BreakingFooters(CommitsConfig(**settings))(body).marks]


def near_misses(body: str, **settings: object) -> list[str]:
    return list(BreakingFooters(CommitsConfig(**settings))(body).near_misses)


def read(*messages: str, **settings: object) -> Reading:
    return read_changes([commit(one) for one in messages], CommitsConfig(**settings))


class TestFooters:
    @pytest.mark.parametrize(
        ("body", "note"),
        [
            ("BREAKING CHANGE: gone", "gone"),
            ("BREAKING-CHANGE: gone", "gone"),
            ("BREAKING CHANGE:gone", "gone"),
            ("* BREAKING CHANGE: gone", "gone"),
            ("**BREAKING CHANGE:** gone", "gone"),
            ("**BREAKING CHANGE**: gone", "gone"),
            ("  BREAKING CHANGE: gone", "gone"),
            ("Some words.\nBREAKING CHANGE: gone", "gone"),
            ("rename the option\nBREAKING CHANGE: gone", "gone"),
            ("BREAKING CHANGE: no longer takes a list", "no longer takes a list"),
            ("BREAKING CHANGE: No.\nMore than that is gone", "No. More than that is gone"),
            ("> quoted\n\nBREAKING CHANGE: gone", "gone"),
            ("```\nx\n```\n\nBREAKING CHANGE: gone", "gone"),
            ("<!-- a form -->\nBREAKING CHANGE: gone", "gone"),
        ],
    )
    def test_say_what_breaks(self, body: str, note: str) -> None:
        assert [note] == notes_of(body)

    @pytest.mark.parametrize("word", ["no", "No.", "NONE", "none!", "N/A", "n/a", "false", "`no`"])
    def test_that_are_filled_in_forms_break_nothing(self, word: str) -> None:
        body = f"BREAKING CHANGE: {word}\n\nRefs: #3"

        assert [] == notes_of(body)
        assert [FILLED_IN] == near_misses(body)

    @pytest.mark.parametrize("dash", ["-", "--", "\u2013", "\u2014"])
    def test_that_are_a_dash_are_filled_in_forms_too(self, dash: str) -> None:
        assert [FILLED_IN] == near_misses(f"BREAKING CHANGE: {dash}")

    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            ("Breaking change: gone", LOWER_CASE),
            ("breaking-change: gone", LOWER_CASE),
            ("Breaking changes: gone", LOWER_CASE),
            ("Breaking change: no", FILLED_IN),
            ("BREAKING CHANGES: gone", NO_FOOTER),
            ("BREAKING: gone", NO_FOOTER),
            ("this is BREAKING for some", NO_FOOTER),
            ("BREAKING CHANGE:", EMPTY),
            ("BREAKING CHANGE:\n\nSigned-off-by: Ada <ada@example.org>", EMPTY),
            ("> BREAKING CHANGE: of another project", QUOTED),
            ("    BREAKING CHANGE: in code", QUOTED),
            ("\tBREAKING CHANGE: in code", QUOTED),
            ("```\nfeat: x\n\nBREAKING CHANGE: y\n```", QUOTED),
            ("~~~text\nBREAKING CHANGE: y", QUOTED),
            ("<details>\n\nBREAKING CHANGE: y\n</details>", QUOTED),
            ("<!--\nBREAKING CHANGE: what breaks?\n-->", QUOTED),
            ("There is no\nBREAKING CHANGE: all is well", IN_A_SENTENCE),
        ],
    )
    def test_that_are_none_are_named(self, body: str, kind: str) -> None:
        assert [] == notes_of(body)
        assert [kind] == near_misses(body)

    @pytest.mark.parametrize("body", ["nothing breaks", "no breaking change: it is fine", ""])
    def test_are_not_missed_in_prose(self, body: str) -> None:
        assert [] == near_misses(body)

    def test_count_under_a_subject_that_is_not_conventional(self) -> None:
        reading = read("Drop old things (#3)\n\nBREAKING CHANGE: all gone")

        assert ["other!: Drop old things"] == told(reading)
        assert (("all gone",), 3) == (
            reading.changes[0].breaking_notes,
            reading.changes[0].pull_request,
        )

    def test_of_a_line_that_repeats_the_title_are_not_lost(self) -> None:
        reading = read("feat: add a thing (#12)\n\n* feat!: add a thing\n\n* wip")

        assert ["feat!: add a thing"] == told(reading)


class TestText:
    """A footer's value ends at the next footer."""

    def test_reaches_to_the_next_known_trailer(self) -> None:
        body = (
            "BREAKING CHANGE: first paragraph.\n\nHow to migrate: rename `a` to `b`.\n\n"
            "- step 1\n- step 2\n\nRefs: #3"
        )

        assert [
            "first paragraph.\n\nHow to migrate: rename `a` to `b`.\n\n- step 1\n- step 2"
        ] == notes_of(body)

    @pytest.mark.parametrize(
        "trailer",
        [
            "Signed-off-by: Ada <ada@example.org>",
            "Co-authored-by: Ada <ada@example.org>",
            "Co-Authored-By: Ada <ada@example.org>",
            "Reviewed-by: Ada",
            "Acked-by: Ada",
            "Fixes: #3",
            "Fixes #3",
            "fixes ada/demo#3",
            "Closes: #3",
            "Resolves #3, #4",
            "Refs: #3",
            "Refs #3",
            "Release-As: 2.0.0",
            "Change-Id: I1234",
            "BREAKING CHANGE: another",
            "See merge request ada/demo!3",
            "(cherry picked from commit 0123456789)",
            "---------",
        ],
    )
    def test_ends_at_each_of_them(self, trailer: str) -> None:
        assert "gone for good" == notes_of(f"BREAKING CHANGE: gone\nfor good\n{trailer}")[0]

    @pytest.mark.parametrize("line", ["Note: more", "Migration: b", "Fixed sizes count", "Cf. #3"])
    def test_goes_on_behind_other_lines(self, line: str) -> None:
        assert [f"gone\n\n{line}"] == notes_of(f"BREAKING CHANGE: gone\n\n{line}")

    def test_ends_at_the_next_commit_of_a_squash_merge(self) -> None:
        reading = read(
            "Things (#3)\n\n* feat: a\n\nBREAKING CHANGE: gone\n\n* wip\n\n* feat(x): b\n"
        )

        assert ["feat!: a", "feat(x): b"] == told(reading)
        assert ("gone",) == reading.changes[0].breaking_notes

    def test_ends_at_the_next_heading_of_a_structured_description(self) -> None:
        body = "## Why\n\nBecause.\n\nBREAKING CHANGE: gone\n\n## Checklist\n\n- [x] tests"

        assert ["gone"] == notes_of(body)

    def test_may_have_headings_and_code_of_its_own(self) -> None:
        body = "BREAKING CHANGE: gone\n\n## Migration\n\n```python\nRefs: x\n```\n\nDone."

        assert ["gone\n\n## Migration\n\n```python\nRefs: x\n```\n\nDone."] == notes_of(body)


class TestPatternsOfOnesOwn:
    def test_count_as_they_are_written(self) -> None:
        assert ["gone"] == notes_of("this is API-BREAK: gone", breaking_pattern="API-BREAK:")
        assert [] == notes_of("this is api-break: gone", breaking_pattern="API-BREAK:")

    def test_count_in_quotations_and_as_forms_too(self) -> None:
        assert ["no"] == notes_of("> GONE: no", breaking_pattern="GONE:")

    def test_in_another_case_are_named(self) -> None:
        assert [OTHER_CASE] == near_misses("api-break: gone", breaking_pattern="API-BREAK:")

    def test_replace_the_usual_one(self) -> None:
        assert [] == notes_of("BREAKING CHANGE: gone", breaking_pattern="GONE:")

    def test_add_to_the_usual_one(self) -> None:
        body = "BREAKING CHANGE: a\nGONE: b"

        assert ["a GONE: b", "b"] == notes_of(body, breaking_patterns=("GONE:",))

    def test_that_overlap_count_once(self) -> None:
        assert 1 == len(notes_of("BREAKING CHANGE: a", breaking_patterns=("BREAKING",)))

    @pytest.mark.parametrize(
        "body", ["Breaking change: x", "it is a breaking change: x", "> BREAKING CHANGE: x"]
    )
    def test_may_be_the_one_of_2_x(self, body: str) -> None:
        assert ["x"] == notes_of(body, breaking_pattern="(?i)BREAKING[ -]CHANGE:")


class TestNearMisses:
    def test_are_told_in_one_sentence_each(self) -> None:
        reading = read("fix: a\n\nBreaking change: x", "fix: b\n\n> BREAKING CHANGE: x")

        first, second = (one.commit.id[:8] for one in reading.changes)
        assert (
            f"{first} does not count as breaking: {LOWER_CASE}",
            f"{second} does not count as breaking: {QUOTED}",
        ) == reading.warnings

    def test_of_many_commits_are_counted(self) -> None:
        kinds = [(FILLED_IN, f"{number:08}") for number in range(5)]

        assert [
            "00000000, 00000001, 00000002 and 2 more do not count as breaking: " + FILLED_IN
        ] == list(sentences(kinds))

    def test_are_not_told_of_a_commit_that_breaks_something(self) -> None:
        assert () == read("fix: a\n\nBREAKING CHANGE: x\n\n> BREAKING CHANGE: y").warnings

    def test_a_mark_before_the_scope_is_explained(self) -> None:
        reading = read("feat!(x): drop it")

        assert [
            "not a conventional commit: the ! stands behind the scope, as in `feat(scope)!: ...`"
        ] == [one.reason for one in reading.left_out]
        assert reading.warnings[0].endswith(f" does not count as breaking: {MISPLACED_MARK}")

    def test_a_misplaced_mark_is_named_where_unknown_commits_have_a_type(self) -> None:
        reading = read("feat!(x): drop it", unknown_type="change")

        assert ["change: feat!(x): drop it"] == told(reading)
        assert reading.warnings[0].endswith(MISPLACED_MARK)

    @pytest.mark.parametrize("subject", ["feat !: drop it", "feat (x)!: drop it"])
    def test_a_space_before_the_mark_is_explained(self, subject: str) -> None:
        reading = read(subject)

        assert "without a space before the :" in reading.left_out[0].reason
        assert reading.warnings[0].endswith(MISPLACED_MARK)
