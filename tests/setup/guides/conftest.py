from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.program import Program
from tests.setup.recipes.conftest import project

if TYPE_CHECKING:
    from tests.cli.program import Run
    from tests.setup.recipes.stage import Project

__all__ = ["project"]


@dataclass
class Job:
    """A job of acme/demo's release.yml in the environment pypi, unless it is said otherwise."""

    project: Project

    def __call__(self, *words: str, env: dict[str, str] | None = None, **said: Any) -> Run:  # noqa: ANN401 -- what a job is known by
        """Run `releasio WORDS` in the job."""
        who = {"repository": "acme/demo", "environment": "pypi", "sha": self.project.repo.head}
        job = self.project.indexes["live"].issuer.job(**{**who, **said})
        return Program(self.project.repo.path, {**job, **(env or {})})(*words)

    def public(self) -> object:
        """Return what a release makes public: refs of the remote, files on the indexes."""
        refs = self.project.remote.git("for-each-ref")
        return refs, {name: self.project.files(name) for name in self.project.indexes}


@pytest.fixture
def job(project: Project) -> Job:
    """The recipe is there, and no index knows the job yet."""
    project.take("push-to-main", publishers=False)
    return Job(project)


def told(run: Run) -> str:
    """Return what people read: not what tells GitHub Actions to hide a token."""
    lines = (run.out + run.err).splitlines()
    return "\n".join(line for line in lines if not line.startswith("::add-mask::"))
