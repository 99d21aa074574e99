from __future__ import annotations

from typing import TYPE_CHECKING, Any, Never

import pytest

from releasio.config.reading.environment import read_environment, variables
from releasio.config.reading.load import load
from tests.config.places import complaints

if TYPE_CHECKING:
    from pathlib import Path


class Watched(dict[str, str]):
    """An environment that remembers whose values were looked at."""

    def __init__(self, **variables: str) -> None:
        super().__init__(variables)
        self.seen: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.seen.add(name)
        return super().__getitem__(name)

    def items(self) -> Never:
        msg = "somebody looked at all values"
        raise AssertionError(msg)

    values = items


class TestVariables:
    @pytest.mark.parametrize(
        ("name", "text", "expected"),
        [
            ("RELEASIO_MODE", "pull-request", "pull-request"),
            ("RELEASIO_ALLOW_DIRTY", "true", True),
            ("RELEASIO_ALLOW_DIRTY", "Yes", True),
            ("RELEASIO_ALLOW_DIRTY", "0", False),
            ("RELEASIO_CONFIG_VERSION", "2", 2),
            ("RELEASIO_PUBLISH_REGISTRY", "testpypi", "testpypi"),
            ("RELEASIO_PUBLISH_TIMEOUT", "2.5", 2.5),
            ("RELEASIO_PUBLISH_PARALLEL", "8", 8),
            ("RELEASIO_PUBLISH_TRUSTED_PUBLISHING", "off", False),
            ("RELEASIO_PUBLISH_TRUSTED_PUBLISHING", "required", "required"),
            ("RELEASIO_COMMITS_TYPES_MINOR", "feat, add,", ("feat", "add")),
            ("RELEASIO_COMMITS_TYPES_MINOR", '["feat", "a,b"]', ("feat", "a,b")),
            ("RELEASIO_COMMITS_TYPES_MINOR", "[]", ()),
            ("RELEASIO_VERSION_TAG_PREFIX", "release-", "release-"),
        ],
    )
    def test_set_what_they_are_named_after(
        self, tmp_path: Path, name: str, text: str, expected: object
    ) -> None:
        settings = load(tmp_path, {name: text})

        value: Any = settings.config
        for part in variables()[name].path:
            value = getattr(value, part)
        assert expected == value

    def test_tables_are_json(self, tmp_path: Path) -> None:
        env = {"RELEASIO_REGISTRIES": '{"corp": {"url": "https://up.example/"}}'}

        assert "https://up.example/" == load(tmp_path, env).config.registries["corp"].url

    def test_empty_ones_count_as_not_set(self, tmp_path: Path) -> None:
        settings = load(tmp_path, {"RELEASIO_PUBLISH_REGISTRY": " "})

        assert "pypi" == settings.config.publish.registry
        assert "default" == settings.origins["publish.registry"]

    @pytest.mark.parametrize(
        ("name", "text", "message"),
        [
            (
                "RELEASIO_PUBLISH_PARALLEL",
                "many",
                '`publish.parallel` must be a whole number, not "many"',
            ),
            (
                "RELEASIO_COMMITS_TYPES_MINOR",
                "[oops",
                '`commits.types_minor` must be a list of strings, not "[oops"',
            ),
            (
                "RELEASIO_PUBLISH_TIMEOUT",
                "inf",
                "`publish.timeout` must be a number, not inf",
            ),
            (
                "RELEASIO_REGISTRIES",
                "{" * 9999,
                '`registries` must be a table of tables, not "' + "{" * 59 + "…",
            ),
        ],
    )
    def test_mistakes_name_the_variable(
        self, tmp_path: Path, name: str, text: str, message: str
    ) -> None:
        assert [f"{name}: {message}"] == [found for found, _ in complaints(tmp_path, {name: text})]

    def test_no_two_settings_share_one(self) -> None:
        keys = list(variables().values())

        assert len(keys) == len({key.path for key in keys})
        assert "publish.registry" == variables()["RELEASIO_PUBLISH_REGISTRY"].name


class TestOthers:
    def test_an_unknown_one_is_a_notice_with_a_guess(self, tmp_path: Path) -> None:
        env = {"RELEASIO_PUBLSH_REGISTRY": "s3cret", "RELEASIO_": "x"}

        nothing, guessed = load(tmp_path, env).notices

        assert "the environment variable RELEASIO_ is not a setting and is ignored" == nothing
        assert (
            "the environment variable RELEASIO_PUBLSH_REGISTRY is not a setting and is ignored; "
            "did you mean RELEASIO_PUBLISH_REGISTRY?"
        ) == guessed

    def test_credentials_are_not_looked_at(self) -> None:
        env = Watched(
            RELEASIO_TOKEN="a",
            RELEASIO_TOKEN_TESTPYPI="b",
            RELEASIO_OIDC_TOKEN="c",
            RELEASIO_SIGSTORE_ID_TOKEN="g",
            RELEASIO_ACTION_COMMAND="d",
            RELEASIO_SOMETHING_PASSWORD="e",
            PYPI_TOKEN="f",
            RELEASIO_MODE="direct",
        )

        found, notices = read_environment(env)

        assert ["RELEASIO_MODE"] == [one.source.name for one in found]
        assert {"RELEASIO_MODE"} == env.seen
        assert [
            "the environment variable RELEASIO_SOMETHING_PASSWORD is not a setting and is ignored"
        ] == notices
