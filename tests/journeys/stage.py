"""A project with a remote, an index and CI's identity, released by the real program."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.cli.program import Program
from tests.fakes.projects import static_project
from tests.fakes.repository import Repository

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.program import Run
    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.templates import Templates

WHO = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Ada Tester"), ("EMAIL", "ada@example.org"))
}

# a build without the seconds that isolation costs, for journeys about something else
QUICK = """\
import os

import inline_backend

if os.environ.get("QUICK_MARK"):
    os.environ["SOURCE_DATE_EPOCH"] = "1600000000"  # other bytes from the same commit
os.makedirs("dist", exist_ok=True)
inline_backend.build_sdist("dist")
inline_backend.build_wheel("dist")
"""
QUICK_BUILD = f"""
[tool.releasio]
config_version = 3

[tool.releasio.hooks]
build = '"{sys.executable}" inline/quick.py'
"""


@dataclass
class Stage:
    """Everything a release needs, on this machine."""

    repo: Repository
    remote: Repository
    index: EmbeddedIndex
    env: dict[str, str] = field(default_factory=dict)

    def run(self, *args: str, driver: tuple[str, ...] = ("-m", "releasio"), **env: str) -> Run:
        """Run `releasio ARGS` in the project, as CI would."""
        return Program(self.repo.path, {**WHO, **self.env}, driver)(*args, **env)

    def elsewhere(self, name: str, *options: str) -> Stage:
        """Return a fresh clone of the remote, as another machine has it."""
        clone = self.remote.clone(self.repo.path.with_name(name), *options)
        clone.git("remote", "set-url", "origin", str(self.remote.path))
        return Stage(clone, self.remote, self.index, self.env)

    def state(self) -> dict[str, object]:
        """Return what a release may change: branch, index, files, tags, remote, package index."""
        git = self.repo.git
        return {
            "head": git("symbolic-ref", "HEAD"),
            "refs": git(
                "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/tags"
            ),
            "staged": git("ls-files", "--stage"),
            "status": git("status", "--porcelain"),
            "files": files_below(self.repo.path),
            "remote": self.remote.git("for-each-ref", "--format=%(refname) %(objectname)"),
            "index": {name: self.index.files(name) for name in self.index.projects()},
        }


def files_below(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(root).parts
    }


def make_stage(folder: Path, index: EmbeddedIndex, templates: Templates) -> Stage:
    """Set up a project at 0.1.0 with two fixes since, and trust its workflow."""
    repo = templates.fill(Repository(folder / "repo"), _two_fixes)
    remote = Repository(folder / "remote.git")
    index.trust("demo", repository="acme/demo", workflow="release.yml")
    job = index.issuer.job(repository="acme/demo", workflow="release.yml", sha=repo.head)
    env = {**job, "RELEASIO_PUBLISH_REGISTRY": index.upload_url}
    return Stage(repo, remote, index, env)


def _two_fixes(repo: Repository) -> None:
    repo.write("inline/quick.py", QUICK)
    static_project(repo, tables=QUICK_BUILD)
    repo.tag("v0.1.0")
    repo.commit("fix: a first mistake", **{"src/demo/fixed.py": "FIXED = True\n"})
    repo.commit("fix: something new (#7)", **{"src/demo/new.py": "NEW = True\n"})
    repo.add_remote(repo.path.with_name("remote.git"))
    repo.git("remote", "set-head", "origin", "main")  # as a clone has it
