"""What the index's form for a trusted publisher asks for, read from a job's own identity."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from packaging.utils import canonicalize_name

from releasio.frozen import frozen
from releasio.rules.identity.claims import claim, table
from releasio.rules.identity.publisher import pending_link, publisher_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.index.registry import Registry

GITLAB = "https://gitlab.com"
GOOGLE = "https://accounts.google.com"
_LEAVE_EMPTY = "(leave it empty)"
_PROJECT_LABEL = "PyPI Project Name"


@frozen
class Entry:
    """
    One field.

    Attributes:
        label: What the form calls it.
        value: What must stand in it.
        claim: What the index compares it with.
        parameter: What the form's URL calls it.
    """

    label: str
    value: str
    claim: str
    parameter: str


@frozen
class Form:
    """
    The form of one provider, filled in.

    Attributes:
        provider: As the form's URL calls it.
        entries: Its fields, in its order.
        also: Claims that tell more.
    """

    provider: str
    entries: tuple[Entry, ...]
    also: tuple[str, ...]


@frozen
class PublisherForm:
    """
    What the form of an index asks for, for one publisher.

    Attributes:
        registry: The index.
        project: What the publisher publishes.
        fields: Label and value of each field, of the form for a project that is there.
        link: That form, filled in; empty: not known.
        pending_page: The page with the form for a project that is not there; empty: not known.
        exists: Whether the index has the project; None: not known.
        is_open: Whether owner and repository are for people to put in, and the link fills nothing.
    """

    registry: Registry
    project: str
    fields: tuple[tuple[str, str], ...]
    link: str
    pending_page: str
    exists: bool | None = None
    is_open: bool = False

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """Label and value of each field that is to be typed in."""
        return self.fields if self.exists else ((_PROJECT_LABEL, self.project), *self.fields)

    @property
    def page(self) -> str:
        """Where it is; empty: not known."""
        return (self.link if self.exists else "") or self.pending_page


def publisher_form(
    registry: Registry,
    project: str,
    claims: Mapping[str, object],
    *,
    exists: bool | None,
    is_open: bool = False,
) -> PublisherForm:
    """Return the form for a job with these *claims*, of which it takes what it asks for."""
    form, link = form_of(claims), publisher_link(registry, project, claims) or ""
    link = link.partition("?")[0] if is_open else link
    fields, pending_page = form_values(form) if form else (), pending_link(registry) or ""
    return PublisherForm(registry, project, fields, link, pending_page, exists, is_open)


def form_of(claims: Mapping[str, object]) -> Form | None:
    """Return the form for a job with these *claims*; `None` when no provider is known by them."""
    if claim(claims, "iss") == GOOGLE:
        return _google(claims)
    if claim(claims, "project_path") and "ci_config_ref_uri" in claims:
        return _gitlab(claims)
    return _github(claims)


def publisher_link(registry: Registry, project: str, claims: Mapping[str, object]) -> str | None:
    """
    Return the page on which an owner of *project* adds this job as publisher, form filled in.

    `None` when the index is not one whose pages we know, or the job is of none
    of the providers we know.
    """
    form = form_of(claims)
    if registry.site is None or form is None:
        return None
    values = {entry.parameter: entry.value for entry in form.entries if entry.value}
    filled = urlencode({"provider": form.provider, **values})
    page = quote(canonicalize_name(project))
    return f"{registry.site}/manage/project/{page}/settings/publishing/?{filled}"


def form_values(form: Form, project: str | None = None) -> tuple[tuple[str, str], ...]:
    """Return label and value of each field of the form, *project* for a pending publisher."""
    return (
        *(((_PROJECT_LABEL, project),) if project else ()),
        *((entry.label, entry.value or _LEAVE_EMPTY) for entry in form.entries),
    )


def comparison(claims: Mapping[str, object]) -> str:
    """Return a table: what the publisher must be, beside the claims of this job's identity."""
    form = form_of(claims)
    if form is None:
        rows = [(name, str(claims[name])) for name in ("iss", "sub") if name in claims]
        return table(("claim", "the identity says"), rows) if rows else ""
    fields = [
        (entry.label, entry.value or _LEAVE_EMPTY, _claim_text(claims, entry.claim))
        for entry in form.entries
    ]
    fields += [("", "", _claim_text(claims, name)) for name in form.also]
    return table(("field", "the publisher must be", "this job's identity says"), fields)


def _claim_text(claims: Mapping[str, object], name: str) -> str:
    return f"{name} = {claim(claims, name) or '(missing)'}"


def _github(claims: Mapping[str, object]) -> Form | None:
    publisher = publisher_of(claims)
    if publisher is None:
        return None
    return Form(
        "github",
        (
            Entry("Owner", publisher.owner, "repository_owner", "owner"),
            Entry("Repository name", publisher.repository, "repository", "repository"),
            Entry("Workflow name", publisher.workflow, "job_workflow_ref", "workflow_filename"),
            Entry("Environment name", publisher.environment, "environment", "environment"),
        ),
        ("workflow_ref", "ref", "event_name", "repository_owner_id"),
    )


def _gitlab(claims: Mapping[str, object]) -> Form:
    namespace, _, project = claim(claims, "project_path").rpartition("/")
    pipeline = claim(claims, "ci_config_ref_uri").partition("//")[2].rpartition("@")[0]
    issuer = claim(claims, "iss")
    environment = claim(claims, "environment")
    own = () if issuer in {"", GITLAB} else (Entry("Issuer URL", issuer, "iss", "issuer_url"),)
    return Form(
        "gitlab",
        (
            Entry("Namespace", namespace, "project_path", "namespace"),
            Entry("Project name", project, "project_path", "project"),
            Entry(
                "Top-level pipeline file path", pipeline, "ci_config_ref_uri", "workflow_filepath"
            ),
            Entry("Environment name", environment, "environment", "environment"),
            *own,
        ),
        ("sub", "ref_path", "sha"),
    )


def _google(claims: Mapping[str, object]) -> Form:
    return Form(
        "google",
        (
            Entry("Email", claim(claims, "email"), "email", "email"),
            Entry("Subject", claim(claims, "sub"), "sub", "sub"),
        ),
        (),
    )
