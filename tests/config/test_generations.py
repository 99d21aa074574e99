"""`config_version`: which defaults a settings file was written for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.config.reading.generations import (
    CHANGED,
    NEWEST,
    ChangedDefault,
    with_new_default,
    with_old_default,
)
from releasio.config.reading.load import Settings, load
from releasio.config.tables.model import Config
from tests.config.places import write

if TYPE_CHECKING:
    from pathlib import Path

EACH = pytest.mark.parametrize("changed", CHANGED, ids=[one.key for one in CHANGED])


def settings_of(folder: Path, text: str) -> Settings:
    write(folder, {".releasio.toml": text})
    return load(folder, {})


def value_of(config: Config, changed: ChangedDefault) -> object:
    table, name = changed.key.split(".")
    return getattr(getattr(config, table), name)


class TestConfigVersion:
    def test_is_the_newest_when_nothing_is_said(self, tmp_path: Path) -> None:
        assert NEWEST == settings_of(tmp_path, "").config.config_version
        assert Config() == settings_of(tmp_path, "config_version = 3").config

    @EACH
    def test_of_2_keeps_the_old_defaults(self, tmp_path: Path, changed: ChangedDefault) -> None:
        frozen = settings_of(tmp_path, "config_version = 2").config
        named = settings_of(tmp_path, changed.line).config

        assert value_of(named, changed) == value_of(frozen, changed)
        assert value_of(Config(), changed) != value_of(frozen, changed)

    @EACH
    def test_is_the_origin_of_what_it_keeps(self, tmp_path: Path, changed: ChangedDefault) -> None:
        settings = settings_of(tmp_path, "config_version = 2")

        assert "config_version = 2" == settings.origins[changed.key]
        assert changed.key not in settings.by_hand

    def test_leaves_what_the_file_says(self, tmp_path: Path) -> None:
        text = 'config_version = 2\ncommits.breaking_pattern = "GONE:"\n'

        assert "(?i)GONE:" == settings_of(tmp_path, text).config.commits.breaking_pattern

    def test_of_2_has_patterns_match_in_any_case(self, tmp_path: Path) -> None:
        text = '[commits]\nbreaking_pattern = "BREAKING[ -]CHANGE:"\nbreaking_patterns = ["X:"]'
        commits = settings_of(tmp_path, f"config_version = 2\n{text}").config.commits

        assert "(?i)BREAKING[ -]CHANGE:" == commits.breaking_pattern
        assert ("(?i)X:",) == commits.breaking_patterns
        assert ("X:",) == settings_of(tmp_path, text).config.commits.breaking_patterns

    def test_may_come_from_the_environment(self, tmp_path: Path) -> None:
        write(tmp_path, {".releasio.toml": "config_version = 3"})

        frozen = load(tmp_path, {"RELEASIO_CONFIG_VERSION": "2"}).config

        assert settings_of(tmp_path, "config_version = 2").config == frozen

    @pytest.mark.parametrize(
        ("text", "undated"), [("", True), ("config_version = 2", False), ("mode = 'direct'", True)]
    )
    def test_is_missed_in_a_file_without_it(
        self, tmp_path: Path, text: str, *, undated: bool
    ) -> None:
        assert undated is settings_of(tmp_path, text).undated

    def test_is_missed_nowhere_without_a_file(self, tmp_path: Path) -> None:
        write(tmp_path, {"pyproject.toml": ""})

        assert not load(tmp_path, {}).undated


class TestChangedDefaults:
    @EACH
    def test_are_put_back_one_by_one(self, changed: ChangedDefault) -> None:
        old = with_old_default(Config(), changed)

        assert Config() != old
        assert Config() == with_new_default(old, changed)
