"""The CI job that doctor runs in."""

from __future__ import annotations

from releasio.setup.finding import Finding


class JobGetsNoIdentity(Finding):
    """
    This very job publishes without a token, and was given no way to ask for an identity.

    Its permissions say no `id-token: write`, or the workflow that calls it does not pass the
    permission on. A job of a pull request from a fork never gets one.
    """

    severity = "error"
    message = "job {job}, in which this runs, publishes without a token and gets no identity"
    why = "{reason}"
    fix = "{remedy}"
    job: str
    reason: str
    remedy: str


class JobNeverTrusted(Finding):
    """
    No index trades the identity of this job for an upload token.

    That is so for workflows of another repository, and for those that `pull_request_target` starts.
    """

    severity = "error"
    message = "{problem}"
    why = 'The upload ends with "invalid-publisher", whatever the publisher says.'
    fix = "{remedy}"
    problem: str
    remedy: str


class JobDiffersFromPublisher(Finding):
    """
    This very job is not the one that published the last release.

    The provenance of the release names its publisher, and the identity of this job says something
    else. Unless the index has a second publisher, it gives this job no token.
    """

    severity = "warning"
    message = """
    {version} on {index} was published by another job than {job}, in which this runs:
    {fields:listed}"""
    why = 'Without a publisher for this job the upload ends with "invalid-publisher".'
    fix = "Add a publisher for it on {index}, or publish from the job that did: {publisher}."
    version: str
    index: str
    job: str
    fields: tuple[str, ...]
    publisher: str


class IdentityNotGiven(Finding):
    """
    The job may ask for an identity, and was not given one.

    GitHub's identity service did not answer, or not as it should. It may the next time.
    """

    severity = "note"
    message = "this job's identity is not known: {trouble}"
    why = "Without one there is no upload token; a release asks again."
    fix = "Run it again."
    trouble: str
