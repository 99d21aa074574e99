"""A small GitLab CI: it reads the pipeline of a commit, and runs its jobs in order."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from tests.setup.recipes.job_run import JobRun, in_order, listed
from tests.setup.recipes.machine import run_script

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository
    from tests.forges.gitlab import FaultyGitLab

SLUG = "acme/tools/demo"
KEYS = {
    *("extends", "image", "timeout", "interruptible", "variables", "before_script", "script"),
    *("rules", "needs", "resource_group", "environment", "id_tokens", "artifacts"),
}
_RULE = re.compile(r"\$(\w+)(?: (==|=~) (?:\$(\w+)|\"([^\"]*)\"|/(.*)/))?")


@dataclass
class GitLabCI:
    """
    The pipelines of one project.

    Attributes:
        remote: The repository.
        folder: Where jobs have their machines.
        indexes: Who is meant by the audiences `pypi` and `testpypi` of identities.
        gitlab: The forge, whose tokens jobs get.
        variables: Those of the project's settings.
    """

    remote: Repository
    folder: Path
    indexes: Mapping[str, EmbeddedIndex]
    gitlab: FaultyGitLab
    variables: Mapping[str, str]
    runs: int = 0

    def push(self, ref: str) -> dict[str, JobRun]:
        """Run what the push of *ref* starts, and return its jobs by their names."""
        kind, name = ("TAG", ref[10:]) if ref.startswith("refs/tags/") else ("BRANCH", ref[11:])
        return self._run(ref, {f"CI_COMMIT_{kind}": name, "CI_PIPELINE_SOURCE": "push"})

    def merge_request(self, branch: str) -> dict[str, JobRun]:
        """Run what a merge request from *branch* starts."""
        return self._run(f"refs/heads/{branch}", {"CI_PIPELINE_SOURCE": "merge_request_event"})

    def _run(self, ref: str, predefined: dict[str, str]) -> dict[str, JobRun]:
        self.runs += 1
        commit = self.remote.git("rev-parse", f"{ref}^{{commit}}")
        document = yaml.safe_load(self.remote.git("show", f"{commit}:.gitlab-ci.yml"))
        predefined |= {"CI_DEFAULT_BRANCH": "main", "GITLAB_USER_NAME": "Ada Tester"}
        predefined |= {"GITLAB_USER_EMAIL": "ada@example.org"}
        runs: dict[str, JobRun] = {}
        jobs = {name: _whole(document, name) for name in document if not name.startswith(".")}
        for name, job in in_order(jobs):
            needs = [runs[other] for other in listed(job.get("needs"))]
            starts = _starts(job["rules"], predefined) and all(
                run.conclusion == "success" for run in needs
            )
            runs[name] = (
                self._job(name, job, ref, commit, predefined) if starts else JobRun("skipped")
            )
        return runs

    def _job(
        self, name: str, job: dict[str, Any], ref: str, commit: str, predefined: dict[str, str]
    ) -> JobRun:
        machine = self.folder / f"{self.runs}-{name}"
        workspace = machine / "workspace"
        clone = self.remote.clone(workspace)
        clone.git("remote", "set-url", "origin", str(self.remote.path))
        clone.git("checkout", "--quiet", "--detach", commit)
        clone.git("branch", "--quiet", "--delete", "--force", "main")
        for other in listed(job.get("needs")):
            shutil.copytree(self._artifacts(other), workspace, dirs_exist_ok=True)
        env = {**predefined, **self._environment(job, ref, commit)}
        env |= {key: _expanded(str(value), env) for key, value in job.get("variables", {}).items()}
        script = "\n".join([*job.get("before_script", []), *job["script"]])
        code, log = run_script(machine, workspace, script, env)
        for path in job.get("artifacts", {}).get("paths", []):
            shutil.copytree(workspace / path, self._artifacts(name) / path)
        return JobRun("failure" if code else "success", f"--- {name}\n{log}")

    def _artifacts(self, name: str) -> Path:
        folder = self.folder / f"{self.runs}-artifacts" / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _environment(self, job: dict[str, Any], ref: str, commit: str) -> dict[str, str]:
        env = {"CI": "true", "GITLAB_CI": "true", "CI_PROJECT_PATH": SLUG, "CI_COMMIT_SHA": commit}
        for name, declared in job.get("id_tokens", {}).items():
            assert f"{declared['aud']}_ID_TOKEN".upper() == name
            env |= self.indexes[declared["aud"]].gitlab.job(
                project=SLUG, environment=job.get("environment"), ref=ref, sha=commit
            )
        settings = {
            "RELEASIO_GITHUB_KIND": "gitlab",
            "RELEASIO_GITHUB_API_URL": self.gitlab.url,
            "RELEASIO_GITHUB_OWNER": "acme/tools",
            "RELEASIO_GITHUB_REPO": "demo",
            "CI_SERVER_URL": self.gitlab.web,
            "CI_JOB_TOKEN": self.gitlab.job_token(),
        }
        return {**env, **settings, **self.variables}


def _whole(document: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the job with what it extends; tables are put together, all else is its own."""
    job = document[name]
    unknown = set(job) - KEYS
    assert not unknown, f"the small GitLab does not know {unknown}"
    base = _whole(document, job["extends"]) if "extends" in job else {}
    tables = {
        key: {**base[key], **value}
        for key, value in job.items()
        if isinstance(value, dict) and key in base
    }
    return {**base, **job, **tables}


def _starts(rules: list[dict[str, str]], variables: Mapping[str, str]) -> bool:
    for rule in rules:
        if _holds(rule["if"], variables):
            return rule.get("when", "on_success") != "never"
    return False


def _holds(condition: str, variables: Mapping[str, str]) -> bool:
    match = _RULE.fullmatch(condition)
    assert match, f"the small GitLab does not know {condition}"
    name, operator, other, text, pattern = match.groups()
    value = variables.get(name)
    if operator == "=~":
        return value is not None and re.search(pattern, value) is not None
    if operator == "==":
        return value is not None and value == (variables.get(other) if other else text)
    return bool(value)


def _expanded(value: str, variables: Mapping[str, str]) -> str:
    return re.sub(r"\$(\w+)", lambda match: variables.get(match[1], ""), value)
