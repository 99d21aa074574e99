"""Branches that are for a range of versions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from packaging.version import Version

from releasio.config.tables.model import BranchConfig, Config
from releasio.errors.project.branch import RangeUnreadable
from releasio.rules.bump.channel import outside_range, range_of
from releasio.rules.bump.choice import choose_version
from releasio.rules.commits.reading import read_changes
from tests.known import channels
from tests.rules.history import commit


class TestRanges:
    @pytest.mark.parametrize(
        ("text", "branch", "expected"),
        [
            ("1.2.x", "support", "1.2.x"),
            ("{branch}", "release/1.2", "1.2.x"),
            (None, "1.2.x", "None"),
        ],
    )
    def test_are_set_or_in_the_name_of_the_branch(
        self, text: str | None, branch: str, expected: str
    ) -> None:
        assert expected == str(range_of(BranchConfig(match="*", range=text), branch))

    def test_a_name_without_one_is_said(self) -> None:
        with pytest.raises(RangeUnreadable) as caught:
            range_of(BranchConfig(match="*", range="{branch}"), "next")

        assert "the name of branch next says no range of versions" == caught.value.message
        assert 'range = "1.2.x"' in caught.value.hint

    def test_a_version_outside_is_named_with_what_can_be_done(self) -> None:
        config = Config(branches=channels(old=BranchConfig(match="1.*", range="{branch}")))
        problem = outside_range(config, "1.2.x", Version("1.3.0"))

        assert problem is not None
        assert "1.3.0 is outside of 1.2.x, the range of branch 1.2.x" == problem.message
        assert "--bump patch" in problem.hint
        assert outside_range(config, "1.2.x", Version("1.2.9")) is None
        assert outside_range(config, "main", Version("1.3.0")) is None

    def test_what_is_made_a_patch_release_is_said(self) -> None:
        channel = BranchConfig(match="1.2.x", range="1.2.x", beyond_range="patch")
        decision = choose_version(
            current=Version("1.2.3"),
            last=Version("1.2.3"),
            reading=read_changes([commit("feat: a")], Config().commits),
            config=Config(),
            channel=channel,
            moment=datetime(2026, 1, 2, tzinfo=UTC),
        )

        assert "1.2.4" == str(decision.version)
        assert (
            "1.3.0 is outside of 1.2.x: the patch number is raised instead (beyond_range)"
        ) in map(str, decision.reasons)
