"""The trusted publisher a CI job needs: the values of the form, and the page to enter them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from packaging.utils import canonicalize_name

from releasio.rules.claims import claim, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.registry import Registry

_WORKFLOW = re.compile(r"/\.github/workflows/([^/@]+\.ya?ml)@")
_LEAVE_EMPTY = "(leave it empty)"


@dataclass(frozen=True)
class Publisher:
    """What the index's form for GitHub Actions asks for."""

    owner: str
    repository: str
    workflow: str  # the file's name, without its directory
    environment: str = ""


def publisher_of(claims: Mapping[str, object]) -> Publisher | None:
    """Return the publisher that a job with these *claims* needs; `None` if it is not GitHub's."""
    owner, slash, repository = claim(claims, "repository").partition("/")
    if not slash:
        return None
    running = claim(claims, "job_workflow_ref")
    if not running.startswith(f"{owner}/{repository}/"):
        # a workflow of another repository can never publish: its caller has to
        running = claim(claims, "workflow_ref")
    return Publisher(owner, repository, workflow_file(running), claim(claims, "environment"))


def workflow_file(reference: str) -> str:
    """Return the file name out of `OWNER/REPO/.github/workflows/FILE@REF`; empty if none."""
    found = _WORKFLOW.search(reference)
    return found[1] if found else ""


def publisher_link(registry: Registry, project: str, claims: Mapping[str, object]) -> str | None:
    """
    Return the page on which an owner of *project* adds this job as publisher, form filled in.

    `None` when the index is not one whose pages we know, or the job is not
    one of GitHub's.
    """
    publisher = publisher_of(claims)
    if registry.site is None or publisher is None:
        return None
    values = {
        "provider": "github",
        "owner": publisher.owner,
        "repository": publisher.repository,
        "workflow_filename": publisher.workflow,
        "environment": publisher.environment,
    }
    filled = urlencode({name: value for name, value in values.items() if value})
    page = quote(canonicalize_name(project))
    return f"{registry.site}/manage/project/{page}/settings/publishing/?{filled}"


def pending_link(registry: Registry) -> str | None:
    """Return the page for projects that do not exist yet; it takes no values from its URL."""
    return f"{registry.site}/manage/account/publishing/" if registry.site else None


def form_values(publisher: Publisher, project: str | None = None) -> tuple[tuple[str, str], ...]:
    """Return label and value of each field of the form, *project* for a pending publisher."""
    return (
        *((("PyPI Project Name", project),) if project else ()),
        ("Owner", publisher.owner),
        ("Repository name", publisher.repository),
        ("Workflow name", publisher.workflow),
        ("Environment name", publisher.environment or _LEAVE_EMPTY),
    )


def comparison(claims: Mapping[str, object]) -> str:
    """Return a table: what the publisher must be, beside the claims of this job's identity."""
    publisher = publisher_of(claims)
    if publisher is None:
        told = {name: str(claims[name]) for name in ("iss", "sub") if name in claims}
        return table(("claim", "the identity says"), tuple(told.items())) if told else ""
    said = ("repository_owner", "repository", "job_workflow_ref", "environment")
    rows = [
        (label, value, f"{name} = {claim(claims, name) or '(missing)'}")
        for (label, value), name in zip(form_values(publisher), said, strict=True)
    ]
    more = [
        ("", "", f"{name} = {claim(claims, name) or '(missing)'}")
        for name in ("workflow_ref", "ref", "event_name", "repository_owner_id")
    ]
    return table(("field", "the publisher must be", "this job's identity says"), [*rows, *more])


def called_workflow(claims: Mapping[str, object]) -> tuple[str, str] | None:
    """Return caller and called workflow when the job runs in a reusable one, else `None`."""
    caller, called = claim(claims, "workflow_ref"), claim(claims, "job_workflow_ref")
    if not caller or not called or caller.partition("@")[0] == called.partition("@")[0]:
        return None
    return caller, called


def project_page(registry: Registry, project: str, version: str) -> str | None:
    """Return the page of a release, for people; `None` when we do not know the index's pages."""
    if registry.site is None:
        return None
    return f"{registry.site}/project/{quote(canonicalize_name(project))}/{quote(version)}/"
