"""
Every project of the zoo is released by its real build backend, and says the version afterwards.

The backends come from where pip and uv of this machine get them. `make journeys` has one project
for each backend and tool, `make zoo` all of them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.version import Version

from tests.cli.program import Program
from tests.fakes.index import START
from tests.fakes.repository import Repository
from tests.journeys.stage import WHO
from tests.zoo.zoo import READ, Project, empty, release_once

if TYPE_CHECKING:
    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.templates import Templates

HOME = Path.home()  # of the machine: the tests have another one
MACHINE = {
    "PIP_CONFIG_FILE": str(HOME / ".config/pip/pip.conf"),
    "CARGO_HOME": str(HOME / ".cargo"),
    "RUSTUP_HOME": str(HOME / ".rustup"),
}
REHEARSED = {"hatch-vcs", "subfolder"}
SHOWS = {
    "metadata": "import importlib.metadata as m; print(m.version({name!r}))",
    "demo.__version__": "import demo; print(demo.__version__)",
}
pytestmark = [pytest.mark.journey, pytest.mark.zoo]


def is_chosen(project: Project) -> bool:
    """Whether *project* is tried: all are, where ZOO is set."""
    return project.build or bool(os.environ.get("ZOO"))


@pytest.fixture
def machine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what tells builds where packages are, and where to keep what they fetched."""
    cache = tmp_path_factory.getbasetemp().parent / "zoo-cache"
    settings = {name: value for name, value in MACHINE.items() if Path(value).exists()}
    return {**settings, "UV_CACHE_DIR": str(cache / "uv"), "PIP_CACHE_DIR": str(cache / "pip")}


@pytest.fixture
def repo(tmp_path: Path, templates: Templates) -> Repository:
    """Return a repository without commits."""
    return templates.fill(Repository(tmp_path / "repo"), empty)


@pytest.fixture
def releasio(
    request: pytest.FixtureRequest,
    repo: Repository,
    index: EmbeddedIndex,
    machine: dict[str, str],
    tmp_path: Path,
) -> Program:
    """The program, in the project that the test is about, which was released once."""
    project: Project = request.getfixturevalue("project")
    if project.needs and not shutil.which(project.needs):
        pytest.skip(f"{project} cannot be built here: it needs {project.needs}")
    release_once(repo, project.files, f"v{project.version}")
    repo.add_remote(tmp_path / "remote.git")
    env = {
        **WHO,
        **machine,
        "SOURCE_DATE_EPOCH": str(int(START.timestamp())),
        "RELEASIO_PUBLISH_REGISTRY": index.upload_url,
        "RELEASIO_TOKEN": index.user_token(),
        "RELEASIO_PUBLISH_VALIDATE_BEFORE_PUBLISH": "false",
    }
    return Program(repo.path / project.folder, env)


CHOSEN = [project for project in READ if is_chosen(project)]


@pytest.mark.parametrize("project", [one for one in CHOSEN if one.needs != "cargo"], ids=str)
def test_what_is_released_says_the_version(
    project: Project, releasio: Program, index: EmbeddedIndex, tmp_path: Path
) -> None:
    run = releasio("release", "--execute")

    assert 0 == run.code, run.err
    (name,) = index.projects()
    stem = f"{name.replace('-', '_')}-{project.next}"
    wheel, sdist = sorted(index.files(name), key=lambda file: file.endswith(".tar.gz"))
    assert (f"{stem}.tar.gz", True) == (sdist, wheel.startswith(f"{stem}-"))
    source = ("--default-index", index.simple_url, f"{name}=={project.next}")
    assert {Version(project.next)} == installed(name, project, source, releasio, tmp_path)


@pytest.mark.parametrize("project", [one for one in CHOSEN if one.needs == "cargo"], ids=str)
def test_what_is_built_of_a_tag_says_the_version(
    project: Project, releasio: Program, repo: Repository, tmp_path: Path
) -> None:
    """Their wheels are for this machine alone, which no public index takes."""
    update = releasio("update", "--execute")
    repo.commit("chore: prepare")
    build = releasio("build", "--execute")

    assert (0, 0) == (update.code, build.code), update.err + build.err
    assert "" == repo.git("status", "--porcelain", "--untracked-files=no")
    (sdist,) = (repo.path / "dist").glob("*.tar.gz")
    (wheel,) = (repo.path / "dist").glob("*.whl")
    stem = f"demo-{project.next}"
    assert (f"{stem}.tar.gz", True) == (sdist.name, wheel.name.startswith(f"{stem}-"))
    assert {Version(project.next)} == installed("demo", project, (str(wheel),), releasio, tmp_path)


@pytest.mark.parametrize("project", [one for one in CHOSEN if one.name in REHEARSED], ids=str)
def test_what_is_rehearsed_says_the_version(project: Project, releasio: Program) -> None:
    run = releasio("rehearse")

    assert 0 == run.code, run.err
    assert f"Rehearsed demo {project.next} in" in run.out
    assert "installed with pip and imported: demo" in run.out


def installed(
    name: str, project: Project, source: tuple[str, ...], releasio: Program, folder: Path
) -> set[Version]:
    """Install *name* from *source*; return the versions that metadata and package say."""
    environment = releasio.environment(PYTHONPATH=str(folder / "site"))
    # an earlier index had the same port, and another demo of this version
    options = ["--no-cache", "--quiet", "--no-deps", "--target", str(folder / "site"), *source]
    subprocess.run(
        [sys.executable, "-m", "uv", "pip", "install", *options], env=environment, check=True
    )
    says = [
        subprocess.run(
            [sys.executable, "-c", SHOWS[what].format(name=name)],
            env=environment,
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for what in ("metadata", project.shows)
    ]
    return {Version(text.strip()) for text in says}
