"""The program against indexes that somebody else wrote."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.fakes.foreign import running_pypiserver
from tests.journeys.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


WHO = {"TWINE_USERNAME": "ada", "TWINE_PASSWORD": "a-long-password"}


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with running_pypiserver(tmp_path / "foreign") as address:
        yield address


def chosen(devpi: str) -> dict[str, str]:
    """Return the environment of somebody who publishes to the index *devpi*."""
    registry = {"url": devpi, "index": f"{devpi}+simple/"}
    tables = json.dumps({"devpi": registry})
    return {**WHO, "RELEASIO_PUBLISH_REGISTRY": "devpi", "RELEASIO_REGISTRIES": tables}


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

        built = laptop.run("build", "--execute")
        published = laptop.run("publish", "--execute", "--registry", url, **WHO)
        again = laptop.run("publish", "--execute", "--registry", url, **WHO)
        target = tmp_path / "installed"
        pip = [sys.executable, "-m", "pip", "--isolated", "install", "--quiet", "--no-deps"]
        index = ["--index-url", f"{url}simple/", "--target", str(target)]
        subprocess.run([*pip, *index, "demo==0.1.0"], check=True)

        assert (0, 0, 0) == (built.code, published.code, again.code), published.err + again.err
        assert (target / "demo" / "__init__.py").exists()
        assert "a-long-password" not in published.out + published.err

    def test_a_password_goes_with_the_user_of_the_registry(self, stage: Stage, url: str) -> None:
        registry = {"url": url, "username": "ada"}
        env = {
            "RELEASIO_PUBLISH_REGISTRY": "corp",
            "RELEASIO_REGISTRIES": json.dumps({"corp": registry}),
            "RELEASIO_TOKEN_CORP": "a-long-password",
        }
        laptop = Stage(stage.repo, stage.remote, stage.index, env)
        run = laptop.run("release", "--execute")

        assert (0, "") == (run.code, run.err)
        assert "credential:  RELEASIO_TOKEN_CORP" in run.out
        assert "a-long-password" not in run.out

    def test_may_be_closed_to_all_who_have_no_login(self, stage: Stage, tmp_path: Path) -> None:
        with running_pypiserver(tmp_path / "closed", "update,list,download") as url:
            env = {
                "RELEASIO_PUBLISH_REGISTRY": "corp",
                "RELEASIO_REGISTRIES": json.dumps({"corp": {"url": url, "username": "ada"}}),
                "RELEASIO_TOKEN_CORP": "a-long-password",
            }
            laptop = Stage(stage.repo, stage.remote, stage.index, env)
            run = laptop.run("release", "--execute")
            again = laptop.run("release", "--execute")
            verified = laptop.run("verify")

        assert (0, 0, 0) == (run.code, again.code, verified.code), run.err + verified.err
        assert "[x] verify on corp: every file, by sha256" in run.out
        assert "Nothing to release" in again.out
        assert "a-long-password" not in run.out + run.err

    def test_may_show_its_pages_to_nobody(self, stage: Stage, tmp_path: Path) -> None:
        """
        A credential that may write and not read: the settings say to go on without.
        """
        with running_pypiserver(tmp_path / "closed", "update,list,download") as url:
            index = url.replace("127.0.0.1", "localhost")
            env = {
                "RELEASIO_PUBLISH_REGISTRY": "corp",
                "RELEASIO_PUBLISH_CHECK_EXISTING_VERSION": "false",
                "RELEASIO_REGISTRIES": json.dumps(
                    {"corp": {"url": url, "username": "ada", "index": f"{index}simple/"}}
                ),
                "RELEASIO_TOKEN_CORP": "a-long-password",
            }
            laptop = Stage(stage.repo, stage.remote, stage.index, env)
            strict = laptop.run(
                "release", "--execute", RELEASIO_PUBLISH_CHECK_EXISTING_VERSION="true"
            )
            run = laptop.run("release", "--execute")
            again = laptop.run("release", "--execute")

        assert (1, 0, 0) == (strict.code, run.code, again.code), strict.err + run.err
        assert "publish.check_existing_version = false." in strict.err
        assert "corp took the upload, but could not be asked for it" in run.out
        assert "corp took the files of v0.1.1, the journal says" in again.out


class TestDevpi:
    def test_takes_a_release_which_another_clone_then_finds_finished(
        self, stage: Stage, devpi: str, tmp_path: Path
    ) -> None:
        laptop = Stage(stage.repo, stage.remote, stage.index, chosen(devpi))
        base = stage.repo.head

        released = laptop.run("release", "--execute")
        job = laptop.elsewhere("job")
        job.repo.git("reset", "--quiet", "--hard", base)
        again = job.run("release", "--execute")
        verified = laptop.run("verify")
        target = tmp_path / "installed"
        pip = [sys.executable, "-m", "pip", "--isolated", "install", "--quiet", "--no-deps"]
        index = ["--index-url", f"{devpi}+simple/", "--target", str(target)]
        subprocess.run([*pip, *index, "demo==0.1.1"], check=True)

        assert (0, 0, 0) == (released.code, again.code, verified.code), released.err + again.err
        assert "v0.1.1 was released by another run" in again.err
        assert (target / "demo" / "new.py").exists()
        assert "a-long-password" not in released.out + released.err

    def test_refuses_other_bytes_before_anything_is_pushed(self, stage: Stage, devpi: str) -> None:
        laptop = Stage(stage.repo, stage.remote, stage.index, chosen(devpi))
        stage.repo.git("tag", "--delete", "v0.1.0")
        stage.repo.git("push", "--quiet", "--delete", "origin", "v0.1.0")
        laptop.run("build", "--execute")
        uploaded = laptop.run("publish", "--execute")
        stage.repo.git("tag", "--delete", "v0.1.0")
        stage.repo.git("push", "--quiet", "--delete", "origin", "v0.1.0")
        shutil.rmtree(stage.repo.path / "dist")
        laptop.run("build", "--execute", QUICK_MARK="another build")
        before = laptop.state()
        run = laptop.run("publish", "--execute")

        assert 0 == uploaded.code, uploaded.err
        assert (4, before) == (run.code, laptop.state())
        assert "(releasio explain file-differs)" in run.err
