"""In which environments jobs publish."""

from __future__ import annotations

from releasio.setup.finding import Finding


class EnvironmentMissing(Finding):
    """
    A job publishes to PyPI in no environment.

    Without an environment, the workflow file is all that the index looks at: whoever can push a
    branch or a tag can publish. An environment can have required reviewers and rules for tags and
    branches, and the index's form can name it, so that no other job of the file fits. Give the job
    `environment: pypi`. GitHub makes the environment when it is first used, without rules; set
    them under Settings > Environments. A publisher that names no environment goes on to fit.
    """

    severity = "warning"
    message = "job {job} publishes to {target} in no environment"
    why = "Everybody who can push can publish: no reviewer is asked, and no rule for tags counts."
    fix = "Add `environment: {environment}` to the job, and name it in the index's form."
    job: str
    target: str
    environment: str


class EnvironmentInOneJobOnly(Finding):
    """
    Of two jobs that publish to the same index, one runs in no environment.

    If the publisher on the index names the environment, the job without it is refused. If it names
    none, both fit, and the job without an environment goes past the rules of the other one. Let
    both run in the same environment.
    """

    severity = "warning"
    message = """
    job {job} publishes to {target} in no environment, and job {other} does so in {environment}"""
    why = """
    If the publisher on {target} names {environment}, this job is refused: "invalid-publisher: valid
    token, but no corresponding publisher". If not, it goes past the rules of {environment}."""
    fix = "Add `environment: {environment}` to the job."
    job: str
    target: str
    other: str
    environment: str


class EnvironmentMisspelt(Finding):
    """
    The environment of a job that publishes is almost the name of another one.

    GitHub makes an environment that is not there, without rules and secrets, so a slip of the pen
    is not refused there. The index refuses it where its form has the other name. Write the name as
    it is in the repository's settings and in the form of the index.
    """

    severity = "warning"
    message = "job {job} runs in the environment {environment}; {meant} may be meant"
    why = """
    GitHub makes {environment} anew, without the rules of {meant}, and an index whose form says
    {meant} answers "invalid-publisher: valid token, but no corresponding publisher"."""
    fix = "Write {meant}, if that is what the index's form and the repository's settings say."
    job: str
    environment: str
    meant: str


class EnvironmentCaseDiffers(Finding):
    """
    Two jobs spell an environment in upper and lower case differently.

    It is the same environment: neither GitHub nor PyPI looks at the case of its name. People do,
    and GitLab does, so spell it one way.
    """

    severity = "note"
    message = "job {job} spells the environment {environment}, and job {other} {spelling}"
    why = (
        "For GitHub and PyPI it is the same environment; for whoever reads the files it may not be."
    )
    fix = "Spell it one way."
    job: str
    environment: str
    other: str
    spelling: str


class EnvironmentShared(Finding):
    """
    Jobs that publish to PyPI and to TestPyPI run in the same environment.

    Reviewers and rules are the environment's: what lets a try go to TestPyPI without a question
    lets a release go to PyPI without one. With one environment for each index, `pypi` can have
    reviewers and `testpypi` none.
    """

    severity = "note"
    message = "PyPI and TestPyPI are published to in the same environment, {environment}"
    why = "Its rules count for both: PyPI cannot have reviewers and TestPyPI none."
    fix = "Publish to TestPyPI in an environment of its own, such as testpypi, and name it there."
    environment: str


class EnvironmentOfOtherIndex(Finding):
    """
    A job runs in an environment that is called after the other index.

    `twine upload` and the PyPI action go to PyPI where nothing says otherwise, and what is there
    cannot be taken back. Say where the job uploads to, or name the right environment.
    """

    severity = "warning"
    message = "job {job} runs in the environment {environment} and uploads to {target}"
    why = "One of the two is not meant; a version that is on PyPI cannot be taken back."
    fix = "{remedy}"
    job: str
    environment: str
    target: str

    @property
    def remedy(self) -> str:
        """What mends it, by which index it is."""
        if self.target == "testpypi":
            return "Publish to TestPyPI in an environment of its own, or upload to PyPI."
        return "Give the upload the address of TestPyPI, or let the job run in another environment."


class EnvironmentOnCall(Finding):
    """
    A job that calls another workflow names an environment.

    GitHub takes `environment` only of jobs with steps of their own, and refuses the whole file
    otherwise. Name the environment in the job of the called workflow.
    """

    severity = "error"
    message = "job {job} calls a workflow and names an environment"
    why = "GitHub refuses the whole file: \"Unexpected value 'environment'\"."
    fix = "Move `environment` into the job of the called workflow that publishes."
    job: str
