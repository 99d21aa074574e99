from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.config.tables.model import ChangelogConfig, CommitsConfig, Config, RegistryConfig

if TYPE_CHECKING:
    from collections.abc import Callable


class TestTable:
    def test_without_arguments_it_holds_the_defaults(self) -> None:
        assert ("feat",) == Config().commits.types_minor

    def test_given_values_take_the_place_of_defaults(self) -> None:
        config = Config(commits=CommitsConfig(types_minor=("add",)))

        assert ("add",) == config.commits.types_minor
        assert ("fix", "perf") == config.commits.types_patch

    def test_equal_values_make_equal_tables(self) -> None:
        assert Config() == Config(mode="direct")
        assert Config() != Config(mode="pull-request")
        assert CommitsConfig() != ChangelogConfig()

    def test_its_text_shows_what_was_given(self) -> None:
        assert "Config(mode='pull-request')" == repr(Config(mode="pull-request"))

    @pytest.mark.parametrize(
        "deed", [lambda c: setattr(c, "mode", "x"), lambda c: delattr(c, "mode")]
    )
    def test_is_frozen(self, deed: Callable[[Config], None]) -> None:
        with pytest.raises(AttributeError, match="Config is frozen: mode"):
            deed(Config())

    def test_refuses_what_is_not_a_setting(self) -> None:
        with pytest.raises(TypeError, match="moed"):
            Config(moed="direct")

    def test_insists_on_keys_without_default(self) -> None:
        with pytest.raises(TypeError, match="url"):
            RegistryConfig(index="https://index.example/simple/")
