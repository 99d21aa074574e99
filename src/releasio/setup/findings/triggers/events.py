"""Events that start publishing, and those that never come."""

from __future__ import annotations

from releasio.setup.finding import Finding


class PublishesInAnotherRepository(Finding):
    """
    A job publishes by a reusable workflow of another repository.

    PyPI compares the repository of the job with the one the workflow file is in. They differ, so
    no trusted publisher can ever fit. Build in reusable workflows as you like; the job that
    publishes must stand in a workflow of the project's own repository.
    """

    severity = "error"
    message = "job {job} publishes by {called}, a workflow of another repository"
    why = """
    PyPI answers "invalid-publisher: valid token, but no corresponding publisher": `repository` is
    yours, `job_workflow_ref` is the other one."""
    fix = """
    Let the reusable workflow build and upload an artefact; publish it from a job in this file, with
    `pypa/gh-action-pypi-publish` and `id-token: write`."""
    job: str
    called: str


class StartedByPullRequestTarget(Finding):
    """
    A job that publishes is started by `pull_request_target`.

    Such a job runs with the rights of the repository on a stranger's request, so PyPI takes
    nothing from it. Publish from a push, a tag, a release or by hand.
    """

    code = "pull-request-target"
    severity = "error"
    message = "job {job} publishes when `pull_request_target` starts it"
    why = """
    PyPI answers "Publishing from a workflow invoked via 'pull_request_target' is not supported"."""
    fix = """
    Publish in a workflow that a push, a tag, a release or `workflow_dispatch` starts, or keep the
    job out of it: `if: github.event_name != 'pull_request_target'`."""
    job: str


class StartedByPullRequest(Finding):
    """
    A job that publishes also runs for pull requests.

    Those from forks get neither secrets nor an identity, so the job fails for every one of them;
    those from branches of the repository publish what nobody has reviewed. A condition keeps the
    job out of them.
    """

    code = "publishes-on-pull-request"
    severity = "error"
    message = "job {job} publishes to {target} for every pull request"
    why = """
    From a fork it gets no secrets and no `id-token` ("OIDC token request failed"); from a branch of
    the repository it publishes before anybody has reviewed it."""
    fix = "Add `if: github.event_name != 'pull_request'` to the job."
    job: str
    target: str


class WaitsForOwnToken(Finding):
    """
    A workflow waits for a tag or a release that another one makes with its own token.

    What GITHUB_TOKEN does starts no workflow, so that none can start itself for ever. The version
    is tagged, everything is green, and nothing is ever on the index. Publish in the workflow that
    makes the tag, have it start the other one (`workflow_call`, or `gh workflow run` with
    `workflow_dispatch`), or give it the token of an app.
    """

    severity = "error"
    message = """
    {workflow} publishes on {event}, but {tool} at {evidence} makes it with GITHUB_TOKEN, which
    starts no workflow"""
    why = """
    "Events triggered by the GITHUB_TOKEN will not create a new workflow run": the version is tagged
    and never published."""
    fix = """
    Publish in {maker} itself, in a job that needs {job}; or call {workflow} from there
    (`workflow_call`, `gh workflow run`); or give {tool} a token of
    `actions/create-github-app-token`."""
    workflow: str
    event: str
    tool: str
    evidence: str
    maker: str
    job: str


class ReleaseTypeUnknown(Finding):
    """
    A workflow waits for a kind of release event that GitHub does not have.

    It has `published`, `unpublished`, `created`, `edited`, `deleted`, `prereleased` and `released`.
    """

    severity = "error"
    message = "`on: release` waits for `{kind}`, which GitHub never sends"
    why = "No event has this activity type, so it never starts the workflow."
    fix = "Write `types: [published]`."
    kind: str


class ReleaseCreatedOnly(Finding):
    """
    A workflow waits for releases to be created, which drafts never are.

    GitHub sends `created` only for a release that is published at once. One that was saved as a
    draft before, as the web page does by itself, sends `published` and nothing else that this
    workflow hears.
    """

    code = "release-created"
    severity = "warning"
    message = "{workflow} publishes on releases that are `created`: it never hears of drafts"
    why = """
    "Workflows are not triggered for the created activity type for draft releases": a release that
    was saved as a draft before it is published starts nothing."""
    fix = "Write `types: [published]`."
    workflow: str


class ReleaseStartsTwice(Finding):
    """
    One release starts a publishing workflow several times.

    A release that is published sends `created`, `published` and `released`, each of which starts
    a run; the second one uploads what is there already. Without `types`, edits and deletions of a
    release start it, too.
    """

    severity = "warning"
    message = "one release starts {workflow} {times}"
    why = """
    GitHub sends `created`, `published` and `released` for one release. The second run ends with
    "File already exists"."""
    fix = "Write `types: [published]`."
    workflow: str
    times: str


class ConditionNeverTrue(Finding):
    """
    A job that publishes has a condition that none of its events can meet.

    It asks for a tag or a release, and the workflow is started by neither. GitHub shows the job as
    skipped, and nothing is ever published.
    """

    severity = "error"
    message = "{what} never runs: nothing that starts {workflow} makes `{condition}` true"
    why = "GitHub skips it each time, and the run is green."
    fix = "Add the event that it waits for to `on:`, or mend the condition."
    what: str
    workflow: str
    condition: str
