"""The jobs of one workflow: each has a clone of its own, and what others handed on."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.cli.program import Program
from tests.fakes.projects import static_project
from tests.fakes.repository import Repository
from tests.journeys.stage import QUICK, QUICK_BUILD, WHO

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.program import Run
    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.templates import Templates

PUBLISHER = {"repository": "ada/demo", "workflow": "release.yml"}


def write_project(repo: Repository) -> None:
    """demo 0.1.0, tagged and pushed, with a fix since; it builds in no time."""
    repo.write("inline/quick.py", QUICK)
    static_project(repo, tables=QUICK_BUILD)
    repo.tag("v0.1.0")
    repo.commit("fix: greet politely", **{"src/demo/more.py": '"""More."""\n'})
    repo.add_remote(repo.path.with_name("origin.git"))


def write_stages(repo: Repository) -> None:
    """Write the project, and beside it what the first two jobs hand on."""
    write_project(repo)
    jobs = Jobs(repo, dict(WHO), repo.head)
    shutil.copytree(jobs.prepare(), repo.path.with_name("prepared"))
    shutil.copytree(jobs.build(repo.path.with_name("prepared")), repo.path.with_name("built"))
    repo.path.with_name("built").joinpath("releasio.bundle").unlink()
    shutil.rmtree(jobs.folder)


@dataclass
class Jobs:
    """
    A workflow that was started for what `main` has at first.

    Attributes:
        repo: Somebody's clone; the remote lies beside it, and so does what jobs hand on.
        env: What all jobs have in their environment.
        started: The commit that all jobs check out.
        index: Where the files go, in the last job.
    """

    repo: Repository
    env: dict[str, str]
    started: str
    index: EmbeddedIndex | None = None

    @classmethod
    def of(cls, repo: Repository, templates: Templates, index: EmbeddedIndex) -> Jobs:
        templates.fill(repo, write_stages)
        index.trust("demo", **PUBLISHER)
        return cls(repo, {"RELEASIO_PUBLISH_REGISTRY": index.upload_url, **WHO}, repo.head, index)

    @property
    def prepared(self) -> Path:
        """What the first job hands on."""
        return self.repo.path.with_name("prepared")

    @property
    def built(self) -> Path:
        """What the second one does."""
        return self.repo.path.with_name("built")

    @property
    def commit(self) -> str:
        """The commit that was prepared."""
        return str(self.record()["commit"])

    def record(self) -> dict[str, object]:
        return json.loads((self.built / "releasio.json").read_text(encoding="utf-8"))

    def state(self) -> tuple[str, dict[str, str]]:
        """Return what is public."""
        return self.remote.git("for-each-ref"), self.index.files("demo")

    @property
    def remote(self) -> Repository:
        return Repository(self.repo.path.with_name("origin.git"))

    @property
    def folder(self) -> Path:
        return self.repo.path.with_name("jobs")

    def clone(self, name: str, *artefacts: Path) -> Repository:
        """Check out what the workflow was started for, with *artefacts* in dist/."""
        clone = self.remote.clone(self.folder / name)
        clone.git("reset", "--hard", "--quiet", self.started)
        for artefact in artefacts:
            shutil.copytree(artefact, clone.path / "dist", dirs_exist_ok=True)
        return clone

    def run(
        self,
        clone: Repository,
        stage: str,
        *words: str,
        driver: tuple[str, ...] = ("-m", "releasio"),
        **env: str,
    ) -> Run:
        """Run a stage in *clone*; only the last one may ask who it is."""
        identity = (
            self.index.issuer.job(**PUBLISHER, ref="refs/heads/main", sha=self.started)
            if stage == "publish" and self.index
            else {}
        )
        program = Program(clone.path, {**self.env, **identity}, driver)
        return program("release", "--stage", stage, "--execute", *words, **env)

    def prepare(self) -> Path:
        """Run the first stage; return what it hands on."""
        clone = self.clone("prepare")
        run = self.run(clone, "prepare")
        assert not run.code, run.err
        return clone.path / "dist"

    def build(self, prepared: Path) -> Path:
        """Run the second stage; return what it hands on."""
        clone = self.clone("build", prepared)
        run = self.run(clone, "build")
        assert not run.code, run.err
        return clone.path / "dist"

    def publish(self, *artefacts: Path, words: tuple[str, ...] = (), **env: str) -> Run:
        """Run the last stage in a new clone; without *artefacts* with those of the first two."""
        name = f"publish-{len([*self.folder.glob('publish-*')])}"
        clone = self.clone(name, *(artefacts or (self.prepared, self.built)))
        return self.run(clone, "publish", *words, **env)

    def commit_on_main(self, message: str, **files: str) -> str:
        """Somebody pushes to main while the release waits."""
        number = len([*self.folder.glob("somebody-*")])
        clone = self.remote.clone(self.folder / f"somebody-{number}")
        commit = clone.commit(message, **files)
        clone.git("push", "--quiet", "origin", "main")
        return commit
