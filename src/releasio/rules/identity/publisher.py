"""The trusted publisher that a GitHub Actions job needs, and pages of the index about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from packaging.utils import canonicalize_name

from releasio.frozen import frozen
from releasio.rules.identity.claims import claim

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.index.registry import Registry

_WORKFLOW = re.compile(r"/\.github/workflows/([^/@]+\.ya?ml)@")


@frozen
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
    match = _WORKFLOW.search(reference)
    return match[1] if match else ""


def pending_link(registry: Registry) -> str | None:
    """Return the page for projects that do not exist yet; it takes no values from its URL."""
    return f"{registry.site}/manage/account/publishing/" if registry.site else None


def tokens_page(registry: Registry) -> str:
    """Return the page on which API tokens are made and revoked; empty: there is none known."""
    return f"{registry.site}/manage/account/#api-tokens" if registry.site else ""


def called_workflow(claims: Mapping[str, object]) -> tuple[str, str] | None:
    """Return caller and called workflow when the job runs in a reusable one, else `None`."""
    caller, callee = claim(claims, "workflow_ref"), claim(claims, "job_workflow_ref")
    if not caller or not callee or caller.partition("@")[0] == callee.partition("@")[0]:
        return None
    return caller, callee


def project_page(registry: Registry, project: str, version: str) -> str | None:
    """Return the page of a release, for people; `None` when we do not know the index's pages."""
    if registry.site is None:
        return None
    return f"{registry.site}/project/{quote(canonicalize_name(project))}/{quote(version)}/"
