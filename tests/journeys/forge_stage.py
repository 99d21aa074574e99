"""A stage with a GitHub: the remote of the project is what it serves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tests.embedded.index import EmbeddedIndex
from tests.forges.github import FaultyGitHub
from tests.journeys.stage import Stage, make_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.program import Run
    from tests.fakes.repository import Repository
    from tests.fakes.templates import Templates

BRANCH = "releasio/release"
TITLE = "chore(release): prepare demo v0.1.1"
SECTION = "- a first mistake\n- something new (#7)\n"
How = Literal["merge", "squash", "rebase", "queue"]
_REFUSED = 422  # what a request is answered that says nothing, and asks whether it could
HOWS: tuple[How, ...] = ("merge", "squash", "rebase", "queue")


@dataclass
class ForgeStage:
    """A project at 0.1.0 with two fixes since, an index and a GitHub."""

    stage: Stage
    github: FaultyGitHub
    people: list[Repository] = field(default_factory=list)

    @property
    def repo(self) -> Repository:
        return self.stage.repo

    @property
    def remote(self) -> Repository:
        return self.stage.remote

    def propose(self, *words: str, **env: str) -> Run:
        """Run `release-pr --execute`, as the job that a push to main starts."""
        return self.stage.run("release-pr", "--execute", *words, **env)

    def push(self, message: str, **files: str) -> str:
        """Commit to main, and push."""
        commit = self.repo.commit(message, **files)
        self.repo.git("push", "--quiet", "origin", "main")
        return commit

    def pull_main(self) -> None:
        """Follow the remote's main, as the next job's checkout does."""
        self.repo.git("pull", "--quiet", "--ff-only", "--tags", "origin", "main")

    def person(self) -> Repository:
        """Return somebody's clone, with the branch of the pull request checked out."""
        clone = self.remote.clone(self.repo.path.with_name(f"person-{len(self.people)}"))
        clone.git("switch", "--quiet", BRANCH)
        self.people.append(clone)
        return clone

    def edit(self, message: str = "docs: better words", **files: tuple[str, str]) -> str:
        """Have somebody commit to the branch: in each file the first text becomes the second."""
        clone = self.person()
        for name, (old, new) in files.items():
            text = clone.read(name)
            assert old in text, f"{old!r} is not in {text!r}"
            clone.write(name, text.replace(old, new))
        commit = clone.commit(message)
        clone.git("push", "--quiet", "origin", BRANCH)
        return commit

    def merge(self, how: How, number: int = 1) -> str:
        """Merge the pull request, follow it here, and return the commit it came to main with."""
        commit = self.github.merge(number, how)
        self.pull_main()
        return commit

    def on_branch(self, path: str) -> str:
        """Return a file as the branch of the pull request has it."""
        return self.remote.git("show", f"{BRANCH}:{path}") + "\n"

    def subjects(self) -> list[str]:
        """Return the subjects of the branch's commits on top of main, the newest first."""
        return self.remote.git("log", "--format=%s", f"main..{BRANCH}").splitlines()

    @property
    def asked(self) -> list[str]:
        """What the forge was asked to change, operation by operation; not what the token may do."""
        changes = [one for one in self.github.log if one.method != "GET" and one.status != _REFUSED]
        return [one.operation for one in changes if not _asks(one.body)]


def forge_stage(folder: Path, templates: Templates) -> Iterator[ForgeStage]:
    """Yield the stage, with a job's own token that may do all that is needed."""
    with EmbeddedIndex() as index:
        stage = make_stage(folder, index, templates)
        with FaultyGitHub(stage.remote.path) as github:
            stage.env |= {
                "GITHUB_TOKEN": github.job_token(),
                "GITHUB_API_URL": github.url,
                "GITHUB_SERVER_URL": github.site,
                "RELEASIO_GITHUB_KIND": "github",
                "RELEASIO_GITHUB_OWNER": "acme",
                "RELEASIO_GITHUB_REPO": "demo",
                "RELEASIO_GITHUB_API_URL": github.url,
            }
            yield ForgeStage(stage, github)


def _asks(body: object) -> bool:
    """Whether the body of a request is a question in GraphQL."""
    return isinstance(body, dict) and str(body.get("query", "")).lstrip().startswith("query")
