"""What the identity of a job that publishes will say, as far as its workflow file tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.identity.publisher import publisher_of
from releasio.rules.workflow.environments.of_job import environments_of
from releasio.rules.workflow.gitlab.pipeline import TOP
from releasio.rules.workflow.rights.calls import ways_to
from releasio.rules.workflow.trusted import PUBLIC, trusted_uploads

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from releasio.rules.identity.attestation import Signatory
    from releasio.rules.workflow.gitlab.uploads import PipelineUpload
    from releasio.rules.workflow.publishing import Upload
    from releasio.rules.workflow.rights.calls import Call

_GITHUB = "https://token.actions.githubusercontent.com"


@frozen
class JobIdentity:
    """
    A job that publishes, as an index will know it.

    Attributes:
        target: The index: `pypi` or `testpypi`.
        job: What it is called in its file.
        path: Its file.
        line: Where it stands in it.
        claims: What its identity will say of what indexes look at.
        environment: How its environment is written, where only a run can tell it; empty: it is in
            the claims, or there is none.
        caller: The workflow file that calls its own; empty: events start it.
        is_trusted: Whether it publishes by its identity; if not, it is given a token now.
    """

    target: str
    job: str
    path: str
    line: int
    claims: Mapping[str, str]
    environment: str = ""
    caller: str = ""
    is_trusted: bool = True


def github_claims(
    slug: str, workflow: str, environment: str, caller: str = ""
) -> Mapping[str, str]:
    """
    Return what the identity of a job of GitHub Actions says of what indexes look at.

    Args:
        slug: The repository, as GitHub spells it: `owner/name`.
        workflow: The path of the job's workflow file.
        environment: The one that it runs in; empty: none.
        caller: The path of the workflow that calls its own; empty: events start it.
    """
    return {
        "iss": _GITHUB,
        "repository": slug,
        "repository_owner": slug.partition("/")[0],
        "workflow_ref": f"{slug}/{caller or workflow}@",
        "job_workflow_ref": f"{slug}/{workflow}@",
        "environment": environment,
    }


def gitlab_claims(host: str, slug: str, environment: str) -> Mapping[str, str]:
    """Return likewise what that of a job of GitLab CI on *host* says; *slug* has the groups."""
    return {
        "iss": f"https://{host}",
        "project_path": slug,
        # whatever file the job stands in, the index looks at the one that GitLab begins with
        "ci_config_ref_uri": f"{host}/{slug}//{TOP}@",
        "environment": environment,
    }


def github_identities(
    uploads: Sequence[Upload], calls: Sequence[Call], slug: str
) -> tuple[JobIdentity, ...]:
    """
    Return the identities of the jobs of GitHub Actions that upload to PyPI or TestPyPI.

    A job that runs in one of several environments has one for each.

    Args:
        uploads: Those of all workflows.
        calls: Which workflows call which.
        slug: The repository, as GitHub spells it: `owner/name`.
    """
    trusted = trusted_uploads(uploads)
    identities: dict[tuple[str, str, str, str], JobIdentity] = {}
    for upload in uploads:
        ways = ways_to(upload.workflow, calls)
        if upload.target not in PUBLIC or not upload.takes_identity or not ways:
            continue
        callers = [way[0].workflow for way in ways if way]
        names = environments_of(upload.workflow, upload.job, calls)
        written = upload.job.environment.text if upload.job.environment and names is None else ""
        for name in names or ("",):
            top = callers[0] if callers else upload.workflow
            identity = JobIdentity(
                upload.target,
                upload.job.key,
                upload.workflow.path,
                upload.job.line,
                github_claims(slug, upload.workflow.path, name, top.path),
                written,
                callers[0].file if callers else "",
                upload in trusted,
            )
            identities.setdefault(
                (upload.target, upload.workflow.path, upload.job.key, name), identity
            )
    return tuple(identities.values())


def gitlab_identities(
    uploads: Sequence[PipelineUpload], slug: str, host: str
) -> tuple[JobIdentity, ...]:
    """
    Return the identities of the jobs of GitLab CI that upload to PyPI or TestPyPI.

    Args:
        uploads: Those of the pipeline.
        slug: The project, with its groups.
        host: The server.
    """
    identities: dict[tuple[str, str], JobIdentity] = {}
    for upload in uploads:
        if upload.target not in PUBLIC or not upload.takes_identity:
            continue
        job = upload.job
        written = job.environment.text if job.environment else ""
        is_open = "$" in written
        claims = gitlab_claims(host, slug, "" if is_open else written)
        identity = JobIdentity(
            upload.target,
            job.key,
            job.path,
            job.line,
            claims,
            written if is_open else "",
            is_trusted=upload.is_trusted,
        )
        identities.setdefault((upload.target, job.key), identity)
    return tuple(identities.values())


def differences(
    identity: JobIdentity, signatory: Signatory, environment: str
) -> tuple[tuple[str, str, str], ...]:
    """
    Return what a publisher has that *identity* has not: field, the publisher's, the identity's.

    Nothing: the publisher takes the job.

    Args:
        identity: Of a job of GitHub Actions, or of GitLab CI.
        signatory: The publisher.
        environment: The one that it names; empty: it takes every job.
    """
    kind, repository, workflow = _signatory(identity)
    fields = [
        ("provider", signatory.kind, kind),
        ("repository", signatory.repository, repository),
        ("workflow", signatory.workflow, workflow),
    ]
    own = identity.claims.get("environment", "")
    is_open = bool(identity.environment) or not environment
    if not is_open and not _same_environment(kind, own, environment):
        fields.append(("environment", environment, own or "(none)"))
    return tuple(field for field in fields if field[1] != field[2])


def _signatory(identity: JobIdentity) -> tuple[str, str, str]:
    claims = identity.claims
    if "email" in claims:
        return "Google", claims["email"], ""
    publisher = publisher_of(claims)
    if publisher is not None:
        return "GitHub", claims["repository"], publisher.workflow
    pipeline = claims.get("ci_config_ref_uri", "").rpartition("//")[2].rpartition("@")[0]
    return "GitLab", claims.get("project_path", ""), pipeline


def _same_environment(kind: str, own: str, other: str) -> bool:
    return own.lower() == other.lower() if kind == "GitHub" else own == other
