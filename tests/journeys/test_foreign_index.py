"""The program against an index that somebody else wrote."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.fakes.foreign import running_pypiserver
from tests.journeys.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with running_pypiserver(tmp_path / "foreign") as address:
        yield address


class TestPypiserver:
    def test_takes_what_was_built_and_pip_installs_it(
        self, stage: Stage, url: str, tmp_path: Path
    ) -> None:
        """
        A laptop, no CI: build, then publish with a user and a password.
        """
        stage.repo.git("tag", "--delete", "v0.1.0")
        stage.repo.git("push", "--quiet", "--delete", "origin", "v0.1.0")
        laptop = Stage(stage.repo, stage.remote, stage.index)
        who = {"TWINE_USERNAME": "ada", "TWINE_PASSWORD": "a-long-password"}

        built = laptop.run("build", "--execute")
        published = laptop.run("publish", "--execute", "--registry", url, **who)
        again = laptop.run("publish", "--execute", "--registry", url, **who)
        target = tmp_path / "installed"
        pip = [sys.executable, "-m", "pip", "--isolated", "install", "--quiet", "--no-deps"]
        index = ["--index-url", f"{url}simple/", "--target", str(target)]
        subprocess.run([*pip, *index, "demo==0.1.0"], check=True)

        assert (0, 0, 0) == (built.code, published.code, again.code), published.err + again.err
        assert (target / "demo" / "__init__.py").exists()
        assert "a-long-password" not in published.out + published.err
