"""Commits that touch nothing of the package, judged."""

from __future__ import annotations

import pytest

from releasio.config.tables.changes import ChangesConfig
from releasio.config.tables.model import CommitsConfig, Config
from releasio.rules.bump.by_files import again, judged, to_be_judged
from releasio.rules.commits.left_out import LeftOut
from releasio.rules.commits.reading import read_changes
from tests.rules.history import commit

WHY = "only files that are not in the package: docs/index.md"


def subjects(ids: tuple[str, ...], *messages: str) -> list[str]:
    by_id = {one.id: one.subject for one in map(commit, messages)}
    return [by_id[id_] for id_ in ids]


class TestToBeJudged:
    @pytest.mark.parametrize(
        "message",
        ["feat: add", "fix(docs): mend", "perf: speed", 'Revert "feat: add x"', "FIX: mend"],
    )
    def test_what_raises_the_version_by_its_words(self, message: str) -> None:
        one = commit(message)

        assert (one.id,) == to_be_judged(read_changes([one], CommitsConfig()), CommitsConfig())

    @pytest.mark.parametrize(
        "message",
        [
            "docs: tell",
            "Update the readme",
            "feat!: drop",
            "fix: a thing\n\nBREAKING CHANGE: it is gone",
            "feat: a thing\n\nRelease-As: 2.0.0",
        ],
    )
    def test_not_what_raises_none_nor_what_always_counts(self, message: str) -> None:
        one = commit(message)

        assert () == to_be_judged(read_changes([one], CommitsConfig()), CommitsConfig())

    def test_not_types_that_somebody_has_raise_the_version(self) -> None:
        settings = CommitsConfig(types_patch=("fix", "perf", "docs"))
        commits = [commit("docs: tell"), commit("fix: mend")]

        assert (commits[1].id,) == to_be_judged(read_changes(commits, settings), settings)


class TestJudged:
    def test_leaves_out_what_touches_nothing_of_the_package(self) -> None:
        commits = [commit("feat: add workflow"), commit("fix: mend"), commit("chore: tidy")]
        outside = {commits[0].id: WHY, commits[2].id: WHY}
        reading = judged(read_changes(commits, CommitsConfig()), outside, Config())

        assert ["fix", "chore"] == [change.type for change in reading.changes]
        assert (LeftOut(commits[0], WHY),) == reading.left_out

    def test_keeps_the_order_of_what_is_left_out(self) -> None:
        commits = [commit("Some words"), commit("feat: add workflow"), commit("Other words")]
        reading = judged(read_changes(commits, CommitsConfig()), {commits[1].id: WHY}, Config())

        assert commits == [entry.commit for entry in reading.left_out]

    def test_leaves_all_in_where_the_setting_says_so(self) -> None:
        config = Config(changes=ChangesConfig(by_files=False))
        one = commit("feat: add workflow")
        reading = judged(read_changes([one], CommitsConfig()), {one.id: WHY}, config)

        assert ["feat"] == [change.type for change in reading.changes]


class TestAgain:
    def test_by_other_settings_the_files_are_the_same(self) -> None:
        one = commit("feat: add workflow")
        reading = judged(read_changes([one], CommitsConfig()), {one.id: WHY}, Config())
        by_words = again(reading, Config(changes=ChangesConfig(by_files=False)))

        assert ["feat"] == [change.type for change in by_words.changes]
        assert again(by_words, Config()) == reading
