"""A small GitHub Actions: it starts the workflows of a commit, and runs their jobs in order."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

import httpx
import yaml

from tests.github.library import fill
from tests.setup.recipes.github_job import Job, holds
from tests.setup.recipes.job_run import JobRun, in_order, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.embedded.github import JobIssuer
    from tests.fakes.repository import Repository
    from tests.forges.github import FaultyGitHub

SLUG = "acme/demo"


@dataclass
class Environment:
    """
    An environment of the repository.

    Attributes:
        tags: Patterns of the tags that may use it; without any, every ref may.
        approved: Whether reviewers let jobs in.
    """

    tags: tuple[str, ...] = ()
    approved: bool = True


@dataclass
class GitHubCI:
    """
    The Actions of one repository.

    Attributes:
        remote: The repository.
        folder: Where jobs have their machines.
        issuer: Gives jobs their identities.
        github: The forge, whose tokens jobs get.
        environments: By name; one that is not there is made by the job that names it, as GitHub
            does, and lets everybody in.
    """

    remote: Repository
    folder: Path
    issuer: JobIssuer
    github: FaultyGitHub
    environments: dict[str, Environment] = field(default_factory=dict)
    runs: int = 0

    def push(self, ref: str) -> dict[str, JobRun]:
        """Run what the push of *ref* starts, and return its jobs by their ids."""
        kind, name = ("tags", ref[10:]) if ref.startswith("refs/tags/") else ("branches", ref[11:])

        def starts(triggers: Mapping[str, Any]) -> bool:
            patterns = (triggers.get("push") or {}).get(kind, [])
            return "push" in triggers and any(fnmatchcase(name, pattern) for pattern in patterns)

        return self._run(starts, ref, {"event_name": "push", "event": {}})

    def release(self, tag: str, *, prerelease: bool = False) -> dict[str, JobRun]:
        """Publish a release of *tag*, as somebody does on GitHub's page; run what that starts."""
        words = {"name": "The big one", "body": "Read this first."}
        answer = httpx.post(
            f"{self.github.url}/repos/{SLUG}/releases",
            headers={"Authorization": f"Bearer {self.github.token()}"},
            json={"tag_name": tag, "draft": False, "prerelease": prerelease, **words},
        )
        assert 201 == answer.status_code, answer.text
        event = {"release": {"tag_name": tag, "prerelease": prerelease}}

        def starts(triggers: Mapping[str, Any]) -> bool:
            return "published" in (triggers.get("release") or {}).get("types", [])

        return self._run(starts, f"refs/tags/{tag}", {"event_name": "release", "event": event})

    def pull_request(self, branch: str) -> dict[str, JobRun]:
        """Run what a pull request from *branch* starts; the commit is that of the branch."""
        context = {"event_name": "pull_request", "event": {}}
        return self._run(
            lambda triggers: "pull_request" in triggers, f"refs/heads/{branch}", context
        )

    def _run(
        self, starts: Callable[[Mapping[str, Any]], bool], ref: str, context: dict[str, Any]
    ) -> dict[str, JobRun]:
        self.runs += 1
        runs: dict[str, JobRun] = {}
        commit = self.remote.git("rev-parse", f"{ref}^{{commit}}")
        for file in self._workflows(commit):
            workflow = yaml.safe_load(self.remote.git("show", f"{commit}:{file}"))
            if not starts(workflow[True]):  # `on` is a word for true in YAML
                continue
            github = {"ref": ref, "ref_name": ref.split("/", 2)[2], "sha": commit, **context}
            artifacts = self.folder / f"artifacts-{self.runs}"
            for name, job in in_order(workflow["jobs"]):
                needs = {other: runs[other] for other in listed(job.get("needs"))}
                runs[name] = self._job(name, job, needs, github, file, artifacts)
        return runs

    def _workflows(self, commit: str) -> list[str]:
        listed = self.remote.git("ls-tree", "-r", "--name-only", commit, ".github/workflows")
        return listed.splitlines()

    def _job(
        self,
        name: str,
        job: dict[str, Any],
        needs: dict[str, JobRun],
        github: dict[str, Any],
        file: str,
        artifacts: Path,
    ) -> JobRun:
        if any(run.conclusion != "success" for run in needs.values()):
            return JobRun("skipped")
        outputs = {name: {"outputs": run.outputs} for name, run in needs.items()}
        if "if" in job and not holds(job["if"], {"github": github, "needs": outputs}):
            return JobRun("skipped")
        environment = str(job.get("environment", ""))
        rules = self.environments.get(environment, Environment())
        tag = github["ref_name"]
        if rules.tags and not any(fnmatchcase(tag, pattern) for pattern in rules.tags):
            kind = "Tag" if github["ref"].startswith("refs/tags/") else "Branch"
            words = f'{kind} "{tag}" is not allowed to deploy to {environment} due to environment '
            return JobRun("failure", f"{words}protection rules.")
        if not rules.approved:
            return JobRun("waiting")
        logs = []
        contexts: dict[str, Any] = {}
        for number, leg in enumerate(_legs(job)):
            machine = self.folder / f"{self.runs}-{name}-{number}"
            token = github | {"token": self._token(job["permissions"])}
            contexts = {"github": token, "matrix": leg, "needs": outputs, "steps": {}}
            env = self._environment(job, github, file.rpartition("/")[2], environment)
            runner = Job(machine, self.remote, artifacts, contexts, env)
            conclusion, log = runner.run(job["steps"])
            logs.append(f"--- {name} {fill(job['name'], contexts)}\n{log}")
            if conclusion != "success":
                return JobRun(conclusion, "\n".join(logs))
        declared = job.get("outputs", {}).items()
        filled = {name: fill(value, contexts) for name, value in declared}
        return JobRun("success", "\n".join(logs), filled)

    def _token(self, permissions: dict[str, str]) -> str:
        names = {name.replace("-", "_"): level for name, level in permissions.items()}
        names.pop("id_token", None)
        return self.github.job_token(**names or {"metadata": "read"})

    def _environment(
        self, job: dict[str, Any], github: dict[str, Any], workflow: str, environment: str
    ) -> dict[str, str]:
        identity = self.issuer.job(
            repository=SLUG,
            workflow=workflow,
            environment=environment or None,
            ref=github["ref"],
            sha=github["sha"],
            event_name=github["event_name"],
            identity=job["permissions"].get("id-token") == "write",
        )
        return {
            **identity,
            "GITHUB_API_URL": self.github.url,
            "GITHUB_SERVER_URL": self.github.site,
            "RELEASIO_GITHUB_KIND": "github",
            "RELEASIO_GITHUB_OWNER": "acme",
            "RELEASIO_GITHUB_REPO": "demo",
            "RELEASIO_GITHUB_API_URL": self.github.url,
        }


def _legs(job: dict[str, Any]) -> list[dict[str, str]]:
    """Return the values of each leg of the job's matrix; one without any where it has none."""
    matrix = job.get("strategy", {}).get("matrix", {})
    return [
        dict(zip(matrix, values, strict=True)) for values in itertools.product(*matrix.values())
    ]
