"""Inputs of publishing actions that do nothing, or not what they seem to."""

from __future__ import annotations

from releasio.setup.finding import Finding


class PypiActionSunset(Finding):
    """
    The workflow names the branch of the PyPI action that was given up.

    `master` is of the year 2022: it knows no trusted publishing, no attestations, and none of the
    metadata that build back ends write today. It says so in every run, and goes on.
    """

    severity = "warning"
    message = "job {job} publishes by pypa/gh-action-pypi-publish@{ref}, which was given up"
    why = """
    "The `master` branch of this project has been sunset and will not receive any updates, not even
    security bug fixes"."""
    fix = "Write `@release/v1`, or better the commit of a release."
    job: str
    ref: str


class PypiActionTooOld(Finding):
    """
    The version of the PyPI action knows nothing of trusted publishing.

    It came with 1.8.0. An older one asks for a password and ends without it.
    """

    severity = "error"
    message = "job {job} publishes without a token, by version {version} of the PyPI action"
    why = """
    Trusted publishing came with v1.8.0. The upload fails with "Trusted publishing exchange
    failure", or asks for a password."""
    fix = "Write `@release/v1`, or better the commit of a newer release."
    job: str
    version: str


class InputNotKnown(Finding):
    """
    An input has a name that the version of the PyPI action does not know.

    GitHub ignores it. With `repository-url` the upload goes to PyPI, wherever it was meant to go.
    """

    severity = "error"
    message = "version {version} of the PyPI action knows no input `{name}`, only `{old}`"
    why = """
    GitHub says "Unexpected input(s)" and goes on without it: an upload that is meant for TestPyPI
    goes to PyPI."""
    fix = "Raise the version of the action, or write `{old}`."
    version: str
    name: str
    old: str


class AttestationsWithoutIdentity(Finding):
    """
    Attestations are asked for where there is no identity to sign with.

    They are made by trusted publishing only. With a token the action says so and makes none.
    """

    severity = "warning"
    message = "job {job} asks for attestations and publishes with a token, so there are none"
    why = """
    The action says "attestations input is ignored": they are signed by the identity of trusted
    publishing."""
    fix = "Publish without the token, or remove `attestations`."
    job: str


class InputRenamed(Finding):
    """
    An input of the PyPI action has another name today.

    Those with `_` are still taken, with a warning in the log. Those with `-` are here to stay.
    """

    severity = "note"
    message = "the input `{old}` is called `{new}` now"
    why = "The old name is deprecated, and every run says so."
    fix = "Write `{new}`."
    old: str
    new: str


class SkipExisting(Finding):
    """
    A file that is on PyPI already is passed over without an error.

    That is right for an upload that is tried again. It also hides that the version was never
    raised, or that another file has its name: the run is green, and nothing new is on the index.
    """

    severity = "note"
    message = "job {job} passes over files that PyPI has already, whatever is in them"
    why = "A version that nobody raised is green, and nothing is published."
    fix = "Remove it for PyPI; for TestPyPI it is of use."
    job: str


class SemanticReleaseInputGone(Finding):
    """
    python-semantic-release is asked to upload, which it does no more.

    Since version 8 it makes the version, the tag and the release, and uploads nothing. GitHub
    ignores inputs that an action does not have.
    """

    severity = "error"
    message = "python-semantic-release {version} has no input `{names:and}`: it uploads nothing"
    why = 'GitHub says "Unexpected input(s)" and goes on; nothing is on the index.'
    fix = """
    Publish with `pypa/gh-action-pypi-publish` in a job that needs this one, if its output
    `released` is `true`."""
    version: str
    names: tuple[str, ...]
