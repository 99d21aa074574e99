"""Isolated builds with pip and with uv, for real, from a folder of small wheels."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import packaging
import pytest
import uv

import releasio
from releasio.errors.base import NO_ANSWER
from releasio.errors.files.build import (
    BuildFailed,
    BuildRequirementsUnreachable,
    SdistUnusable,
)
from releasio.world.build.builder import build
from releasio.world.build.installer import fresh_environment
from releasio.world.build.isolated.environments import Environments
from releasio.world.build.isolated.isolation import Isolation
from releasio.world.build.pip_and_uv import find_uv
from releasio.world.build.trial import installed_files
from tests.fakes.projects import require, static_project
from tests.fakes.screen import Quiet
from tests.fakes.wheels import METADATA, wheel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.fakes.repository import Repository

MAKING = "* Creating isolated environment: "
NOWHERE = {"pip": "venv+pip...", "uv": "uv..."}
LOOK = """
import importlib.util
def there(name):
    return importlib.util.find_spec(name) is not None
print("there:", *filter(there, ("tool", "helper", "pip", "setuptools", "stray")), flush=True)
"""


@pytest.fixture
def links(tmp_path: Path) -> Path:
    """A folder of wheels: tool 1.0, which wants helper below 2, and helper 1.0 and 2.0."""
    folder = tmp_path / "links"
    folder.mkdir()
    wants = METADATA.format(name="tool", version="1.0") + "Requires-Dist: helper<2\n"
    wheel(folder, "tool", metadata=wants)
    wheel(folder, "helper")
    wheel(folder, "helper", "2.0")
    return folder


def only(installer: str, settings: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of somebody who told pip, or uv, nothing but *settings*."""
    kept = {name: v for name, v in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    given = {f"{installer.upper()}_{name}": value for name, value in settings.items()}
    return {**kept, **given, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


@pytest.fixture(params=["pip", "uv"])
def installer(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def env(installer: str, links: Path) -> dict[str, str]:
    (links / "empty").mkdir()
    nowhere = (
        {"NO_INDEX": "1"} if installer == "pip" else {"DEFAULT_INDEX": (links / "empty").as_uri()}
    )
    return only(installer, {**nowhere, "FIND_LINKS": str(links)})


def project(repo: Repository, requires: str, more: str = "") -> Repository:
    """Write a project with an inline backend that requires *requires*, with *more* code in it."""
    static_project(repo, message=None)
    require(repo, requires)
    repo.write("inline/inline_backend.py", repo.read("inline/inline_backend.py") + more)
    repo.commit("feat: begin")
    return repo


def built(repo: Repository, env: Mapping[str, str]) -> list[str]:
    """Build, and return what was printed."""
    out = repo.path.parent / "out"
    out.mkdir()
    screen = Quiet()
    build(repo.path, out, epoch=0, env=env, screen=screen)
    assert ["demo-0.1.0-py3-none-any.whl", "demo-0.1.0.tar.gz"] == sorted(
        path.name for path in out.iterdir()
    )
    return screen.lines


def failure(repo: Repository, env: Mapping[str, str]) -> BuildFailed:
    with pytest.raises(BuildFailed) as caught:
        build(repo.path, repo.path.parent, epoch=0, env=env, screen=Quiet())
    return caught.value


class TestIsolatedBuild:
    def test_has_what_is_required_and_nothing_else(
        self, repo: Repository, env: dict[str, str], tmp_path: Path, installer: str
    ) -> None:
        (tmp_path / "strays").mkdir()
        (tmp_path / "strays" / "stray.py").touch()
        (tmp_path / "strays" / "tool.py").touch()

        lines = built(
            project(repo, '["tool"]', LOOK), {**env, "PYTHONPATH": str(tmp_path / "strays")}
        )

        assert {"there: tool helper"} == {line for line in lines if line.startswith("there:")}
        assert [MAKING + NOWHERE[installer]] == [li for li in lines if li.startswith(MAKING)]

    def test_leaves_out_what_a_marker_leaves_out(
        self, repo: Repository, env: dict[str, str]
    ) -> None:
        requires = """["helper; python_version >= '3'", "tool; python_version < '3'"]"""
        lines = built(project(repo, requires, LOOK), env)

        assert {"there: helper"} == {line for line in lines if line.startswith("there:")}

    def test_runs_the_programs_of_what_is_required_first(
        self, repo: Repository, env: dict[str, str]
    ) -> None:
        look = '\nprint("path:", os.environ["PATH"].split(os.pathsep)[0], flush=True)\n'
        lines = built(project(repo, "[]", look), env)

        (folder,) = {line.removeprefix("path: ") for line in lines if line.startswith("path: ")}
        assert "environment-0" in folder

    def test_installs_what_the_backend_asks_for(
        self, repo: Repository, env: dict[str, str]
    ) -> None:
        ask = (
            "\ndef get_requires_for_build_sdist(settings=None):\n    return ['helper']\n"
            "get_requires_for_build_wheel = get_requires_for_build_sdist\n"
            "really = build_sdist\n"
            "def build_sdist(*args):\n    import helper\n    return really(*args)\n"
        )
        lines = built(project(repo, "[]", ask), env)

        assert 1 == sum(line.startswith(MAKING) for line in lines)
        assert 1 == lines.count("  - helper")

    def test_of_the_wheel_has_nothing_that_only_the_sdist_asked_for(
        self, repo: Repository, env: dict[str, str]
    ) -> None:
        ask = (
            "\ndef get_requires_for_build_sdist(settings=None):\n    return ['helper']\n"
            "really = build_wheel\n"
            "def build_wheel(*args):\n"
            "    import importlib.util\n"
            "    print('helper:', importlib.util.find_spec('helper'), flush=True)\n"
            "    return really(*args)\n"
        )
        lines = built(project(repo, "[]", ask), env)

        assert 2 == sum(line.startswith(MAKING) for line in lines)
        assert "helper: None" in lines

    def test_of_the_wheel_follows_the_pyproject_that_is_in_the_sdist(
        self, repo: Repository, env: dict[str, str]
    ) -> None:
        rewrite = (
            "\nread = Path.read_bytes\n"
            "Path.read_bytes = lambda self: read(self).replace(b'\"helper<2\"', b'\"helper>=2\"')\n"
            "try:\n    import helper\n    print('helper', helper.__version__, flush=True)\n"
            "except ImportError:\n    pass\n"
        )
        lines = built(project(repo, '["helper<2"]', rewrite), env)

        shown = [line for line in lines if line.startswith("helper ")]
        assert ["helper 1.0"] * 2 + ["helper 2.0"] * 2 == shown


class TestIsolatedBuildThatFails:
    def test_for_a_requirement_that_nobody_has(self, repo: Repository, env: dict[str, str]) -> None:
        error = failure(project(repo, '["nosuch"]'), env)

        assert (
            "the installation of the build requirements ended with status 1"
            == (error.message.partition("\n")[0])
        )
        assert "nosuch" in error.message
        assert (
            "The index has no nosuch: correct [build-system] requires in pyproject.toml, or point "
            "pip or uv at the index that has it."
        ) == error.hint

    def test_for_a_version_that_nobody_has(self, repo: Repository, env: dict[str, str]) -> None:
        error = failure(project(repo, '["helper>=9"]'), env)

        assert error.hint.startswith("The index has no helper")

    def test_for_requirements_that_exclude_each_other(
        self, repo: Repository, env: dict[str, str]
    ) -> None:
        error = failure(project(repo, '["tool", "helper>=2"]'), env)

        assert "helper" in error.message
        assert (
            "What is required to build cannot be installed together. Loosen a version in "
            "[build-system] requires, or in what PIP_CONSTRAINT or UV_CONSTRAINT names."
        ) == error.hint

    def test_because_the_index_does_not_answer(self, repo: Repository, installer: str) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            closed = f"http://127.0.0.1:{taken.getsockname()[1]}/simple/"
        name = {"pip": "INDEX_URL", "uv": "DEFAULT_INDEX"}[installer]
        env = only(installer, {name: closed, "RETRIES": "1", "HTTP_RETRIES": "0"})

        with pytest.raises(BuildRequirementsUnreachable) as caught:
            build(project(repo, '["tool"]').path, repo.path, epoch=0, env=env, screen=Quiet())

        assert NO_ANSWER == caught.value.exit_code
        assert caught.value.message.startswith("the build requirements could not be fetched\n    ")

    def test_for_a_backend_that_nothing_provides(
        self, repo: Repository, env: dict[str, str]
    ) -> None:
        project(repo, '["tool"]')
        text = repo.read("pyproject.toml").replace('"inline_backend"', '"elsewhere.api"')
        repo.write("pyproject.toml", text.replace('backend-path = ["inline"]', ""))

        error = failure(repo, env)

        assert error.message.startswith("the build failed\n    ")
        assert "ModuleNotFoundError: No module named 'elsewhere'" in error.message
        assert "Backend 'elsewhere.api' is not available." in error.message
        assert (
            "[build-system] build-backend names elsewhere.api, but nothing in requires (or "
            "backend-path) provides it."
        ) == error.hint

    def test_for_a_module_that_the_backend_lacks(
        self, repo: Repository, env: dict[str, str]
    ) -> None:
        error = failure(project(repo, '["helper"]', "\nimport numpy\n"), env)

        assert (
            "numpy is not there in an isolated build: add what provides it to [build-system] "
            "requires, or do not import it while building."
        ) == error.hint

    def test_for_a_table_that_is_wrong(self, repo: Repository, env: dict[str, str]) -> None:
        error = failure(project(repo, '"tool"'), env)

        assert (
            "the build failed\n    Failed to validate `build-system` in pyproject.toml: `requires` "
            "must be an array of strings"
        ) == error.message

    def test_for_a_backend_that_gives_no_name(self, repo: Repository, env: dict[str, str]) -> None:
        error = failure(project(repo, "[]", "\ndef build_sdist(*args):\n    return None\n"), env)

        assert (
            "the build failed\n    build_sdist of the backend returned no file name"
        ) == error.message

    @pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
    def test_for_a_backend_that_is_killed(self, repo: Repository, env: dict[str, str]) -> None:
        dies = "\ndef build_sdist(*args):\n    os.kill(os.getpid(), 9)\n"

        error = failure(project(repo, "[]", dies), env)

        assert error.message.startswith("the build was ended by signal 9\n")

    def test_for_an_sdist_that_leads_out_of_itself(
        self, repo: Repository, env: dict[str, str]
    ) -> None:
        leads_out = (
            "\nreally = tarfile.TarFile.addfile\n"
            "def addfile(self, member, file):\n"
            "    if member.name.endswith('LICENSE'):\n"
            "        member.type, member.linkname = tarfile.SYMTYPE, '/etc/passwd'\n"
            "        member.size = 0\n"
            "    really(self, member, file)\n"
            "tarfile.TarFile.addfile = addfile\n"
        )
        with pytest.raises(SdistUnusable) as caught:
            build(project(repo, "[]", leads_out).path, repo.path, epoch=0, env=env, screen=Quiet())

        assert caught.value.message.startswith("no wheel can be built from demo-0.1.0.tar.gz: ")
        assert "LICENSE" in caught.value.message
        assert (
            "Look into it with `tar --list --file`, and at what the build backend is told to "
            "include. A link must lead to something inside."
        ) == caught.value.hint


def test_a_misspelled_table_is_said(repo: Repository, env: dict[str, str]) -> None:
    project(repo, "[]")
    repo.write("pyproject.toml", repo.read("pyproject.toml").replace("[build-sys", "[build_sys"))
    screen = Quiet()

    with pytest.raises(BuildFailed):
        build(repo.path, repo.path, epoch=0, env=env, screen=screen)

    assert "WARNING Found 'build_system' in pyproject.toml, did you mean 'build-system'?" in (
        screen.lines
    )


def test_what_python_warns_of_elsewhere_meanwhile_is_not_said(
    repo: Repository, env: dict[str, str]
) -> None:
    """
    Another thread imports what comes next, and libraries warn of their own plans.
    """

    class Beside(Quiet):
        def line(self, text: str) -> None:
            if text == "* Building sdist...":
                warnings.warn("this module goes", DeprecationWarning, stacklevel=1)
            super().line(text)

    screen = Beside()
    build(project(repo, "[]").path, repo.path.parent, epoch=0, env=env, screen=screen)

    assert screen.lines
    assert [] == [line for line in screen.lines if line.startswith("WARNING")]


@pytest.mark.skipif(sys.platform == "win32", reason="the broken uv is a script")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("#!/bin/sh\necho 'unexpected argument --no-project'; exit 2\n", "unexpected argument"),
        ("#!/bin/sh\nkill -9 $$\n", "nothing"),
        ("#!/no/such/interpreter\n", "No such file"),
    ],
    ids=["too old", "killed", "not to be started"],
)
def test_where_uv_is_broken_pip_installs(
    repo: Repository, links: Path, tmp_path: Path, text: str, said: str
) -> None:
    broken = tmp_path / "uv"
    broken.write_text(text)
    broken.chmod(0o700)
    env = only("pip", {"NO_INDEX": "1", "FIND_LINKS": str(links)})
    screen = Quiet()
    project(repo, '["tool"]')
    environments = Environments(tmp_path, env, cwd=repo.path, screen=screen, uv=str(broken))
    isolation = Isolation(environments)

    assert "demo-0.1.0.tar.gz" == isolation.build("sdist", repo.path, tmp_path / "out").name
    (note,) = screen.notes
    assert note.startswith(f"uv could not be used, so pip installs; {broken} said: ")
    assert said in note


@pytest.fixture
def simple(links: Path, tmp_path: Path) -> str:
    """The URL of an index in a folder, with the same wheels."""
    for path in links.glob("*.whl"):
        page = tmp_path / "simple" / path.name.partition("-")[0] / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        with page.open("a", encoding="utf-8") as file:
            file.write(f'<a href="{path.as_uri()}">{path.name}</a>')
    return (tmp_path / "simple").as_uri()


class TestWhatPipWasTold:
    def told(self, tmp_path: Path, text: str) -> dict[str, str]:
        """Return the environment of somebody whose packages come from where pip.conf says."""
        (tmp_path / "pip.conf").write_text(text, encoding="utf-8")
        env = only("pip", {"CONFIG_FILE": str(tmp_path / "pip.conf")})
        return {**env, "XDG_CONFIG_DIRS": str(tmp_path / "nothing")}

    def test_in_a_file_uv_is_told(self, repo: Repository, tmp_path: Path, simple: str) -> None:
        env = self.told(
            tmp_path, f"[global]\nindex-url = http://127.0.0.1:1\n[install]\nindex-url = {simple}\n"
        )

        lines = built(project(repo, '["tool"]', LOOK), env)

        assert f"{MAKING}uv..." in lines
        assert "there: tool helper" in lines

    def test_in_a_file_and_uv_does_not_know_pip_reads(
        self, repo: Repository, tmp_path: Path, links: Path
    ) -> None:
        env = self.told(tmp_path, f"[global]\nno-index = true\nfind-links = {links}\n")

        lines = built(project(repo, '["tool"]', LOOK), env)

        assert f"{MAKING}venv+pip..." in lines
        assert "there: tool helper" in lines

    def test_in_a_variable_is_stronger_than_in_a_file(
        self, repo: Repository, tmp_path: Path, simple: str
    ) -> None:
        env = self.told(tmp_path, "[install]\nindex-url = http://127.0.0.1:1/\n")

        lines = built(project(repo, '["tool"]'), {**env, "PIP_INDEX_URL": simple})

        assert f"{MAKING}uv..." in lines

    def test_decides_and_not_what_the_project_tells_uv(
        self, repo: Repository, tmp_path: Path, simple: str
    ) -> None:
        """Whoever told pip of the only index gets nothing from another that a checkout names."""
        project(repo, '["tool"]')
        repo.write("uv.toml", '[[index]]\nurl = "http://127.0.0.1:1/"\n')

        lines = built(repo, self.told(tmp_path, f"[global]\nindex-url = {simple}\n"))

        assert f"{MAKING}uv..." in lines

    @pytest.mark.skipif(sys.platform == "win32", reason="the uv that fails is a script")
    def test_pip_understands_better_in_the_end(
        self, repo: Repository, tmp_path: Path, links: Path
    ) -> None:
        fails = tmp_path / "uv"
        fails.write_text(f'#!/bin/sh\ntest "$1" = venv && exec {uv.find_uv_bin()} "$@"\nexit 1\n')
        fails.chmod(0o700)
        screen = Quiet()
        environments = Environments(
            tmp_path,
            only("pip", {"NO_INDEX": "1", "FIND_LINKS": str(links)}),
            cwd=repo.path,
            screen=screen,
            uv=str(fails),
            uv_settings={"UV_FIND_LINKS": str(links)},
        )

        source = project(repo, '["tool"]', LOOK).path
        file = Isolation(environments).build("sdist", source, tmp_path / "out")

        assert "demo-0.1.0.tar.gz" == file.name
        assert ["uv could not install with pip's settings, so pip tries"] == screen.notes
        assert "there: tool helper" in screen.lines


WITHOUT_PIP = """\
import os, sys
from pathlib import Path
from releasio.world.build.installer import FreshEnvironment, run_installer
from tests.fakes.screen import Quiet
screen, folder = Quiet(), Path(sys.argv[1])
into = FreshEnvironment(folder)
run_installer(into, ["tool"], uv=None, cwd=folder, env=os.environ, screen=screen)
print(*screen.lines, sep="\\n")
"""


def test_without_a_pip_of_ours_the_one_that_python_brings_installs(
    links: Path, tmp_path: Path
) -> None:
    into = fresh_environment(tmp_path / "fresh", env=os.environ, screen=Quiet())
    env = only("pip", {"NO_INDEX": "1", "FIND_LINKS": str(links)})
    shutil.copytree(Path(packaging.__file__).parent, tmp_path / "packages" / "packaging")
    places = [str(Path(releasio.__file__).parents[1]), str(tmp_path / "packages")]

    subprocess.run(
        [sys.executable, "-S", "-c", WITHOUT_PIP, str(into.path)],
        env={**env, "PYTHONPATH": os.pathsep.join(places)},
        check=True,
    )

    assert "tool.py" in installed_files(into, "tool")
    assert () == installed_files(into, "pip")


def test_uv_is_looked_for_beside_releasio_and_never_in_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / ("uv.exe" if sys.platform == "win32" else "uv")
    fake.touch(0o700)
    (tmp_path / "uv.py").write_text("raise SystemExit('of the checkout')")
    monkeypatch.chdir(tmp_path)

    assert uv.find_uv_bin() == find_uv({"PATH": os.pathsep.join(["", ".", os.defpath])})
