from __future__ import annotations

import pytest

from releasio.config.model import BranchConfig, Config, VersionConfig
from releasio.rules.channel import tag_prefix_of


class TestTagPrefixOf:
    @pytest.mark.parametrize(
        ("tags", "expected"),
        [
            ((), "v"),
            (("v1.0.0",), "v"),
            (("3.1.2", "3.1.3"), ""),
            (("2026.10.20",), ""),
            (("3.1.3", "v4.0.0"), "v"),
            (("nightly", "2024"), "v"),
            (("release-1.0",), "v"),
        ],
    )
    def test_is_the_repositorys_own_when_nobody_set_one(
        self, tags: tuple[str, ...], expected: str
    ) -> None:
        assert expected == tag_prefix_of(Config(), "main", tags)

    def test_is_what_somebody_set_whatever_the_tags_are(self) -> None:
        config = Config(version=VersionConfig(tag_prefix="v"))

        assert "v" == tag_prefix_of(config, "main", ("3.1.2", "3.1.3"))

    def test_of_a_channel_comes_first(self) -> None:
        config = Config(branches={"beta": BranchConfig(match="beta", tag_prefix="b")})

        assert "b" == tag_prefix_of(config, "beta", ("3.1.2", "v1.0.0"))
