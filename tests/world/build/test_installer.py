"""Installing as users do, from an index on loopback into an environment of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import packaging
import pytest
import uv

import releasio
from releasio.errors.files.build import EnvironmentNotMade, InstallFailed
from releasio.errors.files.trial import ImportFailed
from releasio.world.build.builder import build
from releasio.world.build.installer import (
    FreshEnvironment,
    chosen_installer,
    fresh_environment,
    install,
)
from releasio.world.build.trial import crashed, import_check, installed_files
from tests.fakes.projects import static_project
from tests.fakes.screen import Quiet
from tests.fakes.wheels import wheel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.fakes.repository import Repository


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def index(repo: Repository, tmp_path: Path) -> Iterator[str]:
    """The URL of a simple index that has `demo 0.1.0` and nothing else."""
    pages = tmp_path / "simple" / "demo"
    pages.mkdir(parents=True)
    static_project(repo)
    files = build(repo.path, pages, epoch=0, env=os.environ, screen=Quiet())
    links = "".join(f'<a href="{file.name}">{file.name}</a>' for file in files)
    (pages / "index.html").write_text(f"<!DOCTYPE html>{links}", encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=tmp_path)) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/simple/"
        server.shutdown()


@pytest.fixture
def fresh(tmp_path: Path) -> FreshEnvironment:
    return fresh_environment(tmp_path / "fresh", env=os.environ, screen=Quiet())


@pytest.fixture
def elsewhere(index: str, tmp_path: Path) -> Path:
    """A folder, which is an index, too, with demo 9.9 and settings that lead there."""
    folder = tmp_path / "elsewhere" / "demo"
    folder.mkdir(parents=True)
    newer = wheel(folder, version="9.9")
    (folder / "index.html").write_text(f'<a href="{newer.name}">{newer.name}</a>')
    (folder / "constraints.txt").write_text(f"demo @ {newer.as_uri()}\n")
    (folder / "pip.conf").write_text(f"[global]\nfind-links = {folder}\n")
    other = index.replace("simple", "elsewhere")
    (folder / "uv.toml").write_text(f'[[index]]\nurl = "{other}"\n')
    return folder


WITH_UV = """\
import os, sys
from pathlib import Path
from releasio.world.build.installer import FreshEnvironment, install
from tests.fakes.screen import Quiet
screen = Quiet()
path, requirement, index = sys.argv[1:]
try:
    install(FreshEnvironment(Path(path)), [requirement], env=os.environ, screen=screen,
            index_url=index, no_deps=True)
finally:
    print(*screen.lines, sep="\\n")
"""


def install_with_uv(
    into: FreshEnvironment, requirement: str, index: str, folder: Path, env: Mapping[str, str]
) -> None:
    """Install as a Python does that has no pip: one with nothing but what this needs."""
    root = Path(packaging.__file__).parent
    shutil.copytree(root, folder / "packages" / "packaging")
    places = [str(folder / "packages"), str(Path(releasio.__file__).parents[1])]
    path = [str(Path(uv.find_uv_bin()).parent), os.environ["PATH"]]
    alone = {**os.environ, "PYTHONPATH": os.pathsep.join(places), "PATH": os.pathsep.join(path)}
    subprocess.run(
        [sys.executable, "-S", "-c", WITH_UV, str(into.path), requirement, index],
        env={**alone, **env},
        check=True,
    )


class TestInstall:
    def test_from_an_index_then_import(self, fresh: FreshEnvironment, index: str) -> None:
        screen = Quiet()

        install(
            fresh, ["demo==0.1.0"], env=os.environ, screen=screen, index_url=index, no_deps=True
        )
        import_check(fresh, ["demo"], env=os.environ, screen=screen)

        assert any("demo" in line and "0.1.0" in line for line in screen.lines)
        assert any(path.stem == "demo" for path in fresh.scripts.iterdir())

    def test_tells_what_it_put_in_place(self, fresh: FreshEnvironment, index: str) -> None:
        before = installed_files(fresh, "demo")
        install(fresh, ["demo==0.1.0"], env=os.environ, screen=Quiet(), index_url=index)

        assert () == before
        assert "demo/__init__.py" in installed_files(fresh, "Demo")

    def test_looks_nowhere_else(self, fresh: FreshEnvironment, index: str, tmp_path: Path) -> None:
        """What the user's settings would find must not stand in for what was uploaded."""
        links = tmp_path / "links"
        links.mkdir()
        found = tmp_path / "simple" / "demo" / "demo-0.1.0-py3-none-any.whl"
        (links / "demo-9.9-py3-none-any.whl").write_bytes(found.read_bytes())
        env = {**os.environ, "PIP_FIND_LINKS": str(links), "UV_FIND_LINKS": str(links)}
        env |= {"PIP_NO_INDEX": "1", "HTTP_PROXY": "http://127.0.0.1:9"}
        screen = Quiet()

        install(fresh, ["demo"], env=env, screen=screen, index_url=index, no_deps=True)

        assert not any("9.9" in line for line in screen.lines)

    @pytest.mark.parametrize("name", ["PIP_find_links", "PIP_FIND-LINKS"])
    def test_looks_nowhere_else_however_it_is_spelled(
        self, fresh: FreshEnvironment, index: str, elsewhere: Path, name: str
    ) -> None:
        env = {**os.environ, name: str(elsewhere)}
        install(fresh, ["demo"], env=env, screen=Quiet(), index_url=index, no_deps=True)

        assert "demo-0.1.0.dist-info/METADATA" in installed_files(fresh, "demo")

    def test_no_setting_of_pip_changes_what_is_installed(
        self, fresh: FreshEnvironment, index: str, elsewhere: Path
    ) -> None:
        other = index.replace("simple", "elsewhere")
        told = {
            "PIP_CONFIG_FILE": f"{elsewhere}/pip.conf",
            "PIP_CONSTRAINT": f"{elsewhere}/constraints.txt",
            "PIP_EXTRA_INDEX_URL": other,
            "PIP_INDEX_URL": other,
            "PIP_NO_BINARY": ":all:",
            "PIP_PROXY": "http://127.0.0.1:9",
            "PIP_REQUIREMENT": f"{elsewhere}/constraints.txt",
            "PIP_REQUIRE_HASHES": "1",
            "PIP_TARGET": f"{elsewhere}/target",
            "PIP_UPLOADED_PRIOR_TO": "2001-01-01",
        }
        env = {**os.environ, **told}
        install(fresh, ["demo"], env=env, screen=Quiet(), index_url=index, no_deps=True)

        assert "demo-0.1.0.dist-info/METADATA" in installed_files(fresh, "demo")

    def test_no_setting_of_uv_does(
        self, fresh: FreshEnvironment, index: str, elsewhere: Path
    ) -> None:
        """A Python without pip installs with uv, from outside."""
        other = index.replace("simple", "elsewhere")
        told = {
            "UV_CONFIG_FILE": f"{elsewhere}/uv.toml",
            "UV_CONSTRAINT": f"{elsewhere}/constraints.txt",
            "UV_DEFAULT_INDEX": other,
            "UV_EXCLUDE_NEWER": "2001-01-01T00:00:00Z",
            "UV_EXTRA_INDEX_URL": other,
            "UV_FIND_LINKS": str(elsewhere),
            "UV_INDEX": other,
            "UV_INDEX_STRATEGY": "unsafe-best-match",
            "UV_INDEX_URL": other,
            "UV_NO_BINARY": "1",
            "UV_OFFLINE": "1",
            "UV_OVERRIDE": f"{elsewhere}/constraints.txt",
            "UV_REQUIRE_HASHES": "1",
        }
        install_with_uv(fresh, "demo", index, elsewhere, told)

        (by,) = fresh.path.rglob("demo-0.1.0.dist-info/INSTALLER")
        assert "uv" == by.read_text(encoding="utf-8")

    @pytest.mark.parametrize("name", ["PIP_FORCE_REINSTALL", "PIP_IGNORE_INSTALLED"])
    def test_what_is_installed_already_stays(
        self, fresh: FreshEnvironment, index: str, name: str
    ) -> None:
        install(fresh, ["demo"], env=os.environ, screen=Quiet(), index_url=index, no_deps=True)
        env = {**os.environ, name: "1", "PIP_NO_INDEX": "1"}
        install(fresh, ["demo==0.1.0"], env=env, screen=Quiet())

        assert "demo-0.1.0.dist-info/METADATA" in installed_files(fresh, "demo")

    def test_goes_nowhere_else(self, fresh: FreshEnvironment, index: str, tmp_path: Path) -> None:
        env = {**os.environ, "PIP_TARGET": str(tmp_path / "elsewhere"), "PIP_DRY_RUN": "1"}
        (tmp_path / "constraints.txt").write_text("demo==9.9\n", encoding="utf-8")
        env |= {"PIP_CONSTRAINT": str(tmp_path / "constraints.txt")}

        install(fresh, ["demo"], env=env, screen=Quiet(), index_url=index, no_deps=True)

        assert "demo/__init__.py" in installed_files(fresh, "demo")
        assert not (tmp_path / "elsewhere").exists()

    def test_nothing_is_nothing(self, tmp_path: Path) -> None:
        screen = Quiet()

        install(FreshEnvironment(tmp_path / "no"), [], env=os.environ, screen=screen)

        assert [] == screen.lines

    def test_of_what_is_not_there_says_where_it_looked(
        self, fresh: FreshEnvironment, index: str
    ) -> None:
        with pytest.raises(InstallFailed) as caught:
            install(fresh, ["demo==9"], env=os.environ, screen=Quiet(), index_url=index)

        assert caught.value.message.startswith(f"demo==9 could not be installed from {index}\n    ")
        assert (
            "Compare requires-python, dependencies and the wheel's tags with this machine. If they "
            "fit, the index gave the installer an older page, or none: look again in some minutes."
        ) == caught.value.hint

    def test_that_does_not_end_is_ended(self, fresh: FreshEnvironment, index: str) -> None:
        with pytest.raises(InstallFailed) as caught:
            install(fresh, ["demo"], env=os.environ, screen=Quiet(), index_url=index, patience=0)

        assert (
            f"demo could not be installed from {index}: it did not end within 0 s"
            == caught.value.message.partition("\n")[0]
        )
        assert (
            "The last lines tell what it waited for. What has no wheel for this Python is "
            "compiled, which may take long: try the same installation by hand."
        ) == caught.value.hint


class TestFreshEnvironment:
    def test_that_is_never_ready_says_so(self, tmp_path: Path) -> None:
        with pytest.raises(EnvironmentNotMade) as caught:
            fresh_environment(tmp_path / "late", env=os.environ, screen=Quiet(), patience=0)

        assert (
            f"no virtual environment could be made at {tmp_path / 'late'}: it did not end within "
            "0 s" == caught.value.message
        )
        assert (
            "Look at what makes this machine slow: its disk, or what watches it. TMPDIR, on "
            "Windows TEMP, puts the environment on another one."
        ) == caught.value.hint

    def test_that_cannot_be_made_says_so(self, tmp_path: Path) -> None:
        (tmp_path / "taken").write_text("a file", encoding="utf-8")

        with pytest.raises(EnvironmentNotMade) as caught:
            fresh_environment(tmp_path / "taken", env=os.environ, screen=Quiet())

        assert caught.value.message.startswith(
            f"no virtual environment could be made at {tmp_path / 'taken'}\n    "
        )
        assert "On Debian and Ubuntu: apt install python3-venv." == caught.value.hint

    @pytest.mark.parametrize(
        ("said", "hint"),
        [
            ("[Errno 28] No space left on device", "Make space there, or put temporary files"),
            ("/x/bin/python: Permission denied", "Give yourself the right to write there"),
        ],
    )
    def test_for_want_of_space_or_rights_needs_no_package(self, said: str, hint: str) -> None:
        assert EnvironmentNotMade("/x", [f"Error: {said}"]).hint.startswith(hint)


class TestImportCheck:
    def test_shows_why_an_import_fails(self, fresh: FreshEnvironment) -> None:
        with pytest.raises(ImportFailed) as caught:
            import_check(fresh, ["json", "nosuch"], env=os.environ, screen=Quiet())

        assert caught.value.message.startswith("installed, but `import json, nosuch` fails\n    ")
        assert caught.value.message.endswith("ModuleNotFoundError: No module named 'nosuch'")
        assert (
            "Look into the wheel for missing files (`python -m zipfile -l dist/*.whl`) and at "
            "[project] dependencies."
        ) == caught.value.hint

    def test_tells_which_versions_are_reported(self, fresh: FreshEnvironment, index: str) -> None:
        install(fresh, ["demo==0.1.0"], env=os.environ, screen=Quiet(), index_url=index)
        (place,) = fresh.path.glob("**/site-packages")
        (place / "liar.py").write_text("print('hi')\n__version__ = '9.9'\n", encoding="utf-8")

        assert {"importlib.metadata": "0.1.0", "liar.__version__": "9.9"} == (
            import_check(
                fresh, ["demo", "liar", "sys"], env=os.environ, screen=Quiet(), name="demo"
            )
        )

    def test_does_not_see_our_own_modules(self, fresh: FreshEnvironment) -> None:
        with pytest.raises(ImportFailed):
            import_check(
                fresh, ["releasio"], env={**os.environ, "PYTHONPATH": "src"}, screen=Quiet()
            )

    @pytest.mark.parametrize("more", ["", "os.close(1); os.close(2)"], ids=["loud", "mute"])
    def test_waits_for_no_module_that_waits_for_ever(
        self, fresh: FreshEnvironment, more: str
    ) -> None:
        (place,) = fresh.path.glob("**/site-packages")
        lines = ["import os, time", "print('waiting', flush=True)", more, "time.sleep(600)"]
        (place / "sleeper.py").write_text("\n".join(lines), encoding="utf-8")

        with pytest.raises(ImportFailed) as caught:
            import_check(fresh, ["sleeper"], env=os.environ, screen=Quiet(), patience=2)

        assert (
            "installed, but `import sleeper` does not end within 2 s\n    waiting"
            == caught.value.message
        )
        assert (
            "Look at what the modules do while they are imported, outside of functions."
            == caught.value.hint
        )


@pytest.mark.parametrize(
    ("status", "expected"),
    [(-11, True), (0xC0000005, True), (0xC00000FD, True), (0, False), (2, False), (255, False)],
)
def test_a_program_that_the_system_ended_is_told_from_one_that_refused(
    status: int,
    expected: bool,  # noqa: FBT001 -- a table
) -> None:
    assert expected is crashed(status)


class TestChosenInstaller:
    """uv does not read pip's settings, so they are said to it, or pip installs."""

    @pytest.mark.parametrize("setting", ["PIP_NO_INDEX", "PIP_NO_BINARY", "PIP_TRUSTED_HOST"])
    def test_is_pip_for_who_told_pip_what_uv_does_not_know(self, setting: str) -> None:
        assert "pip" == chosen_installer({"PATH": os.environ["PATH"], setting: "x"})

    def test_is_uv_for_who_told_pip_of_an_index(self) -> None:
        env = {"PIP_INDEX_URL": "https://example.org/simple/", "PIP_CONFIG_FILE": os.devnull}

        assert "uv" == chosen_installer(env)

    def test_is_uv_for_who_told_uv_as_well(self) -> None:
        assert "uv" == chosen_installer({"PIP_NO_INDEX": "1", "UV_INDEX_URL": "https://x.org/"})

    @pytest.mark.parametrize(
        "setting",
        ["PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_CONSTRAINT", "PIP_PROXY"],
    )
    def test_is_pip_for_who_told_pip_in_its_own_way(self, setting: str) -> None:
        assert "pip" == chosen_installer({"PATH": os.environ["PATH"], setting: "x"})

    def test_is_pip_for_who_has_such_a_file(self, tmp_path: Path) -> None:
        for name in ("pip.conf", "pip.ini"):
            place = tmp_path / "pip" / name
            place.parent.mkdir(exist_ok=True)
            place.write_text("[global]\nindex-url = x\n", encoding="utf-8")

        assert "pip" == chosen_installer(
            {"XDG_CONFIG_HOME": str(tmp_path), "APPDATA": str(tmp_path), "HOME": str(tmp_path)}
        )


def test_a_module_that_ends_the_process_is_not_imported(tmp_path: Path) -> None:
    fresh = fresh_environment(tmp_path / "fresh", env=os.environ, screen=Quiet())
    (place,) = fresh.path.glob("**/site-packages")
    (place / "quitter.py").write_text("raise SystemExit(0)\n", encoding="utf-8")

    with pytest.raises(ImportFailed, match="the process ended in the middle"):
        import_check(fresh, ["quitter"], env=os.environ, screen=Quiet())
