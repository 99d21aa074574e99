"""A GitLab: the identities its jobs are given, and which trusted publisher one belongs to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from releasio.standins.publishing.issuer import Issuer, Job, ref_name, ref_type
from releasio.standins.publishing.publishers import NoPublisher, look_up, require, require_one_of
from releasio.standins.sigstore.certified import numbered
from releasio.standins.store import Identity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from releasio.standins.publishing.publishers import Known

PATH = "/_gitlab"
NAME = "gitlab"
_ADDRESS = "https://gitlab.com"  # which the embedded one stands for
_REQUIRED = ("sub", "project_path", "ci_config_ref_uri", "ref_path", "sha", "jti")
_NO_FILE = "Could not extract workflow filename from OIDC claims"
_NO_CONFIG = "The ci_config_ref_uri claim is empty"
_NO_COMMIT = "The ref_path and sha claims are empty"
_FILE = re.compile(r"//(.+?\.ya?ml)@")


class GitLab:
    """
    Gives jobs their identities: variables that are there from the start, each good for one mint.

    Args:
        url: Its address, the `iss` of its tokens.
        clock: Tells the time, aware.
        audience: What the index wants identities for.
    """

    def __init__(self, url: str, clock: Callable[[], datetime], audience: str) -> None:
        self.audience = audience
        self.issuer = Issuer(url, clock)

    def job(
        self,
        *,
        project: str,
        workflow: str = ".gitlab-ci.yml",
        environment: str | None = None,
        ref: str = "refs/heads/main",
        sha: str = "0" * 40,
        audiences: Sequence[str] = (),
        claims: Mapping[str, object] | None = None,
    ) -> dict[str, str]:
        """
        Return the environment of a job that declares an identity for each of *audiences*.

        Without any it is the index's.

        *project* is `namespace/name`, *workflow* the path of its configuration. *claims* replace,
        or with None remove, single claims.
        """
        said = _said(project, workflow, environment, ref, sha, self._host)
        job = Job.saying({**said, **(claims or {})})
        wanted = audiences or (self.audience,)
        tokens = {_variable(one): self.issuer.identity_token(job, one) for one in wanted}
        return {
            "CI": "true",
            "GITLAB_CI": "true",
            "CI_PROJECT_PATH": project,
            "CI_COMMIT_SHA": sha,
            "CI_JOB_ID": uuid4().hex,
            **tokens,
        }

    def match(self, claims: Mapping[str, object], known: Sequence[Known]) -> Known:
        """
        Return the registration among *known* that *claims* belong to.

        First one is looked up, a matching environment before none; then its checks run.

        Raises:
            NoPublisher: With the reason, as the index words it.
        """
        require(claims, _REQUIRED)
        found = _look_up(claims, known)
        self._check(claims, found.identity)
        return found

    def _check(self, claims: Mapping[str, object], known: Identity) -> None:
        project = f"{known.owner}/{known.repository}"
        subject = ":".join(str(claims["sub"]).split(":")[:2])
        if subject.lower() != f"project_path:{project}".lower():
            words = "Check failed for required claim 'sub'"
            raise NoPublisher(words)
        if not claims["ref_path"] or not claims["sha"]:
            raise NoPublisher(_NO_COMMIT)
        # to the letter, so that the case of the other claims is free in vain
        path = f"{self._host}/{project}//{known.workflow}"
        expected = [f"{path}@{claims[name]}" for name in ("ref_path", "sha")]
        require_one_of(claims, "ci_config_ref_uri", expected)

    @property
    def _host(self) -> str:
        return self.issuer.url.partition("://")[2]


def certified(claims: Mapping[str, Any]) -> dict[str, str]:
    """Return what a certificate says; what the job belongs to and what was started are one."""
    path, project = str(claims["ci_config_ref_uri"]), claims["project_path"]
    configuration = f"{_ADDRESS}/{project}{path[path.find('//') :]}"
    addresses = {
        8: _ADDRESS,
        9: configuration,
        12: f"{_ADDRESS}/{project}",
        16: f"{_ADDRESS}/{claims['namespace_path']}",
        18: configuration,
    }
    return numbered(claims, addresses, {14: "ref_path", 20: "pipeline_source"})


def identity(project: str, workflow: str, environment: str | None) -> Identity:
    """Return what is stored when somebody registers *project* (`namespace/name`)."""
    namespace, _, name = project.rpartition("/")
    return Identity(
        provider=NAME,
        owner=namespace,
        owner_id="",  # it is not looked at: who takes over a name takes over its publishers
        repository=name,
        workflow=workflow,
        environment=environment or "",
    )


def _look_up(claims: Mapping[str, object], known: Sequence[Known]) -> Known:
    if not claims["ci_config_ref_uri"]:
        raise NoPublisher(_NO_CONFIG)
    workflow = _FILE.search(str(claims["ci_config_ref_uri"]))
    if not workflow:
        raise NoPublisher(_NO_FILE)
    wanted = (NAME, str(claims["project_path"]).lower(), workflow[1])

    def is_theirs(who: Identity) -> bool:
        return wanted == (who.provider, f"{who.owner}/{who.repository}".lower(), who.workflow)

    return look_up(known, str(claims.get("environment") or ""), is_theirs)


def _said(
    project: str, workflow: str, environment: str | None, ref: str, sha: str, host: str
) -> dict[str, object]:
    return {
        "sub": f"project_path:{project}:ref_type:{ref_type(ref)}:ref:{ref_name(ref)}",
        "project_path": project,
        "namespace_path": project.rpartition("/")[0],
        "ci_config_ref_uri": f"{host}/{project}//{workflow}@{ref}",
        "ref_path": ref,
        "ref_type": ref_type(ref),
        "ref": ref_name(ref),
        "sha": sha,
        "pipeline_source": "push",
        **({"environment": environment} if environment else {}),
    }


def _variable(audience: str) -> str:
    return f"{re.sub('[^A-Z0-9_]|^[0-9]', '_', audience.upper())}_ID_TOKEN"
