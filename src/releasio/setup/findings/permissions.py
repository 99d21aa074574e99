"""What a job's token may do, and should."""

from __future__ import annotations

from releasio.setup.finding import Finding


class IdentityNotAllowed(Finding):
    """
    A job publishes without a token and may not ask for an identity.

    Trusted publishing trades the identity of a job for an upload token. GitHub gives a job its
    identity only where its `permissions` say `id-token: write`. Permissions of a job replace those
    of the workflow as a whole, so a job with its own needs the line among them.
    """

    severity = "error"
    message = "job {job} publishes to {target} without a token, but has no `id-token: write`"
    why = """
    GitHub gives the job no identity, so trusted publishing ends with "OIDC token request failed" or
    falls back to a token that is not there."""
    fix = "Add `id-token: write` to the permissions of job {holder}."
    job: str
    target: str
    holder: str


class PermissionMissing(Finding):
    """
    A job does something that its token is not allowed to do.

    The permissions of a job are those of its own `permissions` block; if it has none, those of the
    workflow. A block gives nothing but what it names: `permissions: {}` at the top of a file, or a
    job's own block with another line in it, takes everything else away. Give the job the
    permission that is named.
    """

    severity = "error"
    message = "job {job} {deed} ({tool}), but its token has no `{permission}: write`"
    why = """
    GitHub answers 403, "Resource not accessible by integration", or refuses the push with
    "Permission to {repository:?%s|the repository} denied to github-actions[bot]"."""
    fix = "Add `{permission}: write` to the permissions of job {holder}."
    job: str
    deed: str
    tool: str
    permission: str
    repository: str
    holder: str


class PermissionLeftToSettings(Finding):
    """
    A job needs to write, and no `permissions` say that it may.

    Without a `permissions` block the settings of the repository, or of its organisation, decide.
    New repositories get tokens that can only read, so the workflow fails in a copy, or once
    somebody changes that setting. Say in the workflow what the job needs.
    """

    severity = "note"
    message = "job {job} {deed} ({tool}), and nothing says `{permission}: write`"
    why = """
    The settings of the repository decide, and where they say "Read repository contents permission"
    GitHub answers 403, "Resource not accessible by integration"."""
    fix = "Give the job `permissions:` with `{permission}: write` in them."
    job: str
    deed: str
    tool: str
    permission: str


class PermissionNotPassed(Finding):
    """
    A job calls a workflow that asks for more than the job may give.

    The token of a called workflow can do what that of the calling job can, or less. Where a job
    in the called workflow names a permission that the calling job has not, GitHub refuses the
    whole run before any job starts. Give the calling job the same permissions.
    """

    severity = "error"
    message = """
    job {caller} calls {callee}, whose job {job} asks for `{permission}: {level}`, but may itself
    only have `{permission}: {given}`"""
    why = """
    GitHub starts nothing: "The workflow is not valid. The nested job '{job}' is requesting
    '{permission}: {level}', but is only allowed '{permission}: {given}'"."""
    fix = "Add `{permission}: {level}` to the permissions of the calling job {caller}."
    caller: str
    callee: str
    job: str
    permission: str
    level: str
    given: str


class IdentityNotNeeded(Finding):
    """
    A job may ask for an identity and has no use for it.

    Whoever gets the identity of a job can publish as it: a dependency of the build, a test, or an
    action that was taken over. A publisher that names no environment takes that of any job of the
    workflow. Only the job that publishes, or signs, should have `id-token: write`.
    """

    severity = "warning"
    message = """
    {jobs:/job/jobs} {jobs:and} {jobs:/has/have} `id-token: write` and {jobs:/does/do} nothing with
    an identity"""
    why = """
    Everything that runs there, dependencies and tests among it, can ask for an identity, and
    publish as this workflow."""
    fix = "Say `id-token: write` in the permissions of the job that publishes, and nowhere else."
    jobs: tuple[str, ...]


class CheckoutNotAllowed(Finding):
    """
    A job of a private repository checks it out and may not read it.

    A `permissions` block gives nothing but what it names. Of a public repository everybody can
    read the files; of a private one the job needs `contents: read`.
    """

    severity = "error"
    message = "job {job} checks out a private repository, but its token has no `contents: read`"
    why = 'The checkout ends with "fatal: repository not found" or "Not Found".'
    fix = "Add `contents: read` to the permissions of the job."
    job: str
