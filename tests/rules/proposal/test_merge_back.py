"""What the pull request says that brings a release back to another branch."""

from __future__ import annotations

import re

import pytest

from releasio.rules.proposal.merge_back import merge_back


class TestMergeBack:
    def test_comes_from_a_branch_of_its_own(self) -> None:
        text = merge_back("v1.2.0", "main", "develop", "origin")

        assert ("releasio/merge-back-v1.2.0", "develop") == (text.head, text.base)
        assert "chore: merge v1.2.0 back into develop" == text.title

    def test_says_what_it_brings_and_how_it_is_merged(self) -> None:
        body = merge_back("v1.2.0", "main", "develop", "origin").body

        assert body.startswith("`v1.2.0` was released from `main`. This brings it to `develop`: ")
        assert "\n\n**Merge it with a merge commit.** " in body
        assert (
            "```shell\n"
            "git fetch origin\n"
            "git switch releasio/merge-back-v1.2.0\n"
            "git merge origin/develop\n"
        ) in body

    def test_of_a_job_on_a_tag_does_not_say_from_where(self) -> None:
        body = merge_back("v1.2.0", None, "develop", "origin").body

        assert body.startswith("`v1.2.0` was released. This brings it to `develop`: ")

    @pytest.mark.parametrize("name", ["a`b", "a``b`c", "$(touch x)", "x;y", "it's"])
    def test_takes_names_of_branches_for_text(self, name: str) -> None:
        body = merge_back("v1.2.0", name, name, "origin").body
        (line,) = re.findall(r"^git merge (.*)$", body, re.MULTILINE)

        assert f"'origin/{name}'" == line.replace("'\"'\"'", "'")
        assert name in body.partition("This brings")[0]

    def test_keeps_a_name_with_backticks_in_one_piece_of_code(self) -> None:
        body = merge_back("v1.2.0", "a``b", "develop", "origin").body

        assert "released from ``` a``b ```. " in body
