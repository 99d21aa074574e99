"""What pip was told and cannot use, told by builds and installations."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from releasio.errors.base import USAGE, ReleasioError
from releasio.errors.files.build import BuildFailed, InstallFailed
from releasio.errors.files.installer import PipSettingRefused
from releasio.world.build.installer import fresh_environment, install
from releasio.world.build.isolated.environments import Environments
from releasio.world.build.isolated.isolation import Isolation
from releasio.world.build.pip_and_uv import find_uv, uv_settings
from tests.fakes.screen import Quiet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TOML = """
[build-system]
requires = ["nosuch"]
build-backend = "nosuch"
"""


def told(tmp_path: Path, file: str = "", **variables: str) -> dict[str, str]:
    """Return the environment of somebody who told pip only that: in a file, in variables."""
    (tmp_path / "pip.conf").write_text(file, encoding="utf-8")
    kept = {name: v for name, v in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    env = {**kept, **variables, "PIP_CONFIG_FILE": str(tmp_path / "pip.conf")}
    return {**env, "XDG_CONFIG_DIRS": str(tmp_path / "nothing"), "PIP_RETRIES": "0"}


def failure(tmp_path: Path, env: Mapping[str, str], screen: Quiet) -> ReleasioError:
    """Return what a build in *env* fails with, which requires what no index has."""
    (tmp_path / "pyproject.toml").write_text(TOML, encoding="utf-8")
    settings = uv_settings(env)
    uv = None if settings is None else find_uv(env)
    environments = Environments(
        tmp_path, env, cwd=tmp_path, screen=screen, uv=uv, uv_settings=settings or {}
    )
    with pytest.raises(ReleasioError) as caught:
        Isolation(environments).build("sdist", tmp_path, tmp_path / "out")
    return caught.value


class TestSettingThatPipCannotUse:
    @pytest.mark.parametrize("index", ["http://[bad/simple", "nonsense"])
    def test_in_a_variable(self, tmp_path: Path, index: str) -> None:
        screen = Quiet()
        error = failure(tmp_path, told(tmp_path, PIP_INDEX_URL=index), screen)

        assert isinstance(error, PipSettingRefused)
        assert str(error).startswith("pip cannot use PIP_INDEX_URL: ")
        assert index in str(error)
        assert (
            "Correct it or take it out, then run again. Where pip's settings lie: pip config debug"
        ) == error.hint
        assert USAGE == error.exit_code
        assert [] == screen.notes

    def test_in_a_file(self, tmp_path: Path) -> None:
        error = failure(tmp_path, told(tmp_path, "[global]\nno-compile = many\n"), Quiet())

        assert isinstance(error, PipSettingRefused), error
        assert (
            f"pip cannot use no-compile in {tmp_path / 'pip.conf'}: many is not a valid value"
        ) == str(error)

    def test_in_a_file_that_is_none(self, tmp_path: Path) -> None:
        error = failure(tmp_path, told(tmp_path, "index-url = x\n"), Quiet())

        assert (
            f"pip cannot use {tmp_path / 'pip.conf'}: File contains no section headers."
        ) == str(error)

    def test_where_something_is_tried_out(self, tmp_path: Path) -> None:
        env = told(tmp_path, PIP_INDEX_URL="http://[bad/simple")
        into = fresh_environment(tmp_path / "fresh", env=env, screen=Quiet())

        with pytest.raises(PipSettingRefused, match="host or port of http"):
            install(into, ["nosuch"], env=env, screen=Quiet())
        with pytest.raises(InstallFailed, match="nosuch could not be installed"):
            install(
                into, ["nosuch"], env={**env, "UV_DEFAULT_INDEX": tmp_path.as_uri()}, screen=Quiet()
            )


def test_a_project_that_is_merely_missing_is_said_to_be_that(tmp_path: Path) -> None:
    screen = Quiet()
    (tmp_path / "simple").mkdir()
    index = (tmp_path / "simple").as_uri()
    error = failure(tmp_path, told(tmp_path, PIP_INDEX_URL=index), screen)

    assert isinstance(error, BuildFailed)
    assert error.hint.startswith("The index has no nosuch: ")
    assert ["uv found no nosuch where pip's settings say, so pip tries"] == screen.notes


def test_an_index_that_does_not_answer_is_said_to_be_that(tmp_path: Path) -> None:
    screen = Quiet()
    failure(tmp_path, told(tmp_path, PIP_INDEX_URL="http://127.0.0.1:1/simple"), screen)

    assert ["uv got no answer where pip's settings say, so pip tries"] == screen.notes
