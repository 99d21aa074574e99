"""The sandbox every test runs in: no home directory, no user's git, no network but loopback."""

from __future__ import annotations

import gc
import ipaddress
import itertools
import os
import signal
import socket
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.embedded.index import EmbeddedIndex
from tests.fakes.repository import Repository
from tests.fakes.templates import Templates
from tests.look import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# how long one example takes on a shared machine says nothing
settings.register_profile("releasio", deadline=None)
settings.register_profile("few", deadline=None, max_examples=20)  # `make language`
settings.load_profile("releasio")

gc.disable()  # nothing that collecting the tests makes can go

ENOUGH = 4 << 30  # bytes; all tests together leave less than one GiB where they run


def _folder_in_memory() -> str | None:
    """Return a folder whose files are never on a disk, which makes them wait and git with them."""
    if sys.platform == "linux":
        folder = "/dev/shm"  # noqa: S108 -- what is made in it has a name of its own
        with suppress(OSError):
            kind = os.statvfs(folder)
            runs_programs = not kind.f_flag & os.ST_NOEXEC
            has_room = kind.f_bavail * kind.f_frsize > ENOUGH
            if runs_programs and has_room and os.access(folder, os.W_OK):
                return folder
    return None


if "TMPDIR" not in os.environ and (memory := _folder_in_memory()):
    os.environ["TMPDIR"] = tempfile.tempdir = memory

SECRET_NAMES = ("TOKEN", "PASSWORD", "SECRET")
TAKEN_AWAY = (
    *("ACTIONS_", "BUILDKITE", "CI", "GCE_", "GIT", "GOOGLE_", "JENKINS_", "RELEASIO_"),
    *("SOURCE_DATE_EPOCH", "TF_BUILD", "TWINE_", "UV_PUBLISH"),
)
JOURNEYS = ("journeys", "staged")  # folders; each test in them is one
FIXED = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    "NO_GCE_CHECK": "true",  # wherever the tests run, the machine's own account is not to publish
    "TZ": "UTC",
}
GIT_SETTINGS = (
    b"[user]\n\tname = Ada Tester\n\temail = ada@example.org\n"
    b"[init]\n\tdefaultBranch = main\n[commit]\n\tgpgSign = false\n"
    # each commit and each push would start a git that finds nothing to tidy up
    b"[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n[receive]\n\tautogc = false\n"
)


@pytest.hookimpl(optionalhook=True)
def pytest_configure() -> None:
    """Let tests interrupt programs: what a shell starts with `&` or `nohup` ignores signals."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.hookimpl(tryfirst=True)  # before `-m` looks at the marks
def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    folders = {Path(__file__).with_name(name) for name in JOURNEYS}
    for item in items:
        if folders.intersection(item.path.parents):
            item.add_marker(pytest.mark.journey)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """Look no more at what stays until the end: the tests themselves, and the modules."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as there are processors: many tests wait for sockets and processes."""
    return (os.cpu_count() or 1) * 3 // 2


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Name one home directory after the other; pytest's own way looks at all there are."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(scope="session", autouse=True)
def shared_sandbox(homes: Iterator[Path]) -> Iterator[Path]:
    """Take away what the machine says, and give a home to the fixtures that tests share."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(TAKEN_AWAY) or any(word in name for word in SECRET_NAMES):
                patch.delenv(name)
        for name, value in FIXED.items():
            patch.setenv(name, value)
        yield _move(next(homes), patch)


@pytest.fixture(autouse=True)
def sandbox(
    shared_sandbox: Path,  # noqa: ARG001 -- comes first
    homes: Iterator[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """Give the test a home directory of its own."""
    return _move(next(homes), monkeypatch)


def _move(home: Path, patch: pytest.MonkeyPatch) -> Path:
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        patch.setenv(name, str(home))
    settings = home / ".gitconfig"
    patch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    home.mkdir()
    settings.write_bytes(GIT_SETTINGS)
    return home


def _loopback_only(event: str, args: tuple[Any, ...]) -> None:
    """Refuse, loudly, every connection of this process that would leave this machine."""
    if event == "socket.connect" and args[0].family in {socket.AF_INET, socket.AF_INET6}:
        host = args[1][0]
        if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            msg = f"a test tried to reach {host}"
            raise AssertionError(msg)


sys.addaudithook(_loopback_only)


@pytest.fixture
def repo(tmp_path: Path, templates: Templates) -> Repository:
    """Return an empty git repository with branch `main`."""
    return templates.fill(Repository(tmp_path / "repo"), _empty)


def _empty(_: Repository) -> None:
    """Leave it as git makes it."""


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return Templates(tmp_path_factory.mktemp("templates"))


@pytest.fixture
def project(repo: Repository, templates: Templates) -> Repository:
    """demo 1.2.0, tagged and pushed."""
    return templates.fill(repo, _demo)


def _demo(repo: Repository) -> None:
    repo.commit("feat: begin", **{"pyproject.toml": MANIFEST})
    repo.tag("v1.2.0")
    repo.add_remote(repo.path.with_name("remote.git"))


@pytest.fixture(scope="session")
def devpi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an index on a devpi, which takes long to start; see `running_devpi`."""
    from tests.fakes.foreign import running_devpi  # noqa: PLC0415 -- few tests want it

    with running_devpi(tmp_path_factory.mktemp("devpi")) as address:
        yield address


@pytest.fixture
def index() -> Iterator[EmbeddedIndex]:
    with EmbeddedIndex() as index:
        yield index
