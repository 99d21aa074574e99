from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.standins.packages import wheel

if TYPE_CHECKING:
    from tests.embedded.index import EmbeddedIndex
    from tests.standins.conftest import Visitor


class TestSite:
    @pytest.mark.parametrize(
        ("how", "wanted"),
        [
            ("read-only", "403 Read-only mode: Uploads are temporarily disabled."),
            (
                "uploads-off",
                (
                    "403 New uploads are temporarily disabled. "
                    "See …/help/#admin-intervention for more information."
                ),
            ),
            (
                "registration-off",
                (
                    "403 New project registration temporarily disabled. "
                    "See …/help/#admin-intervention for more information."
                ),
            ),
            ("too-many-projects", "429 Too many new projects created"),
            (
                "name-taken",
                (
                    "409 The name 'demo' conflicts with an existing project. "
                    "See …/help/#project-name for more information."
                ),
            ),
        ],
    )
    def test_may_be_closed_for_a_while(
        self, index: EmbeddedIndex, visitor: Visitor, token: str, how: str, wanted: str
    ) -> None:
        index.fail(on="upload", how=how)

        assert wanted == visitor.refusal(wheel(), token)
        assert 200 == visitor.upload(wheel(), token).status_code

    def test_tells_its_limit_and_not_when_it_is_over(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        index.fail(on="upload", how="too-many-projects")
        answer = visitor.upload(wheel(), token)

        assert {"ratelimit", "ratelimit-policy"} <= set(answer.headers)
        assert "retry-after" not in answer.headers
