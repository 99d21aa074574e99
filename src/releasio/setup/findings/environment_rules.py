"""What environments ask of the jobs that run in them."""

from __future__ import annotations

from releasio.setup.finding import Finding


class EnvironmentNotThere(Finding):
    """
    The repository has no environment of this name yet.

    GitHub makes it when a job first runs in it: without reviewers and without rules, so that
    everybody who can push can publish. Make it before, under Settings > Environments.
    """

    severity = "note"
    message = "job {job} runs in the environment {environment}, which the repository has not"
    why = """
    GitHub makes it at the first run, without rules; other forges and older servers say "Environment
    not found"."""
    fix = "Make it at {page}, with reviewers and the tags that may use it."
    job: str
    environment: str
    page: str


class EnvironmentRefusesRef(Finding):
    """
    The rules of an environment let none of the runs in that are meant to publish.

    An environment can have a list of branches and tags that may use it. A tag is taken only by a
    pattern for tags, never by one for branches, and never where only protected branches may. Add
    a pattern for the tags of releases under Settings > Environments.
    """

    severity = "error"
    message = """
    environment {environment} takes {taken}, and job {job} runs in it for {kind} such as {ref}"""
    why = """
    GitHub stops the job before it begins: "{kind} "{ref}" is not allowed to deploy to {environment}
    due to environment protection rules"."""
    fix = "Add a rule for {kind} that takes {ref} at {page}"
    environment: str
    taken: str
    job: str
    kind: str
    ref: str
    page: str


class EnvironmentTakesEveryRef(Finding):
    """
    The rule of an environment takes every branch or tag.

    A list of branches and tags with a pattern such as `*` keeps nobody out. Name what releases are
    called: `v*` for tags, or the branch that is released from.
    """

    severity = "note"
    message = "environment {environment} takes every {kind}: its rule is {pattern}"
    why = "The rule keeps nobody out: whoever can push a {kind} can publish."
    fix = "Let it take the {kind} of releases only, at {page}"
    environment: str
    kind: str
    pattern: str
    page: str


class EnvironmentTakesOtherTags(Finding):
    """
    The environment for PyPI also takes the tags that are meant for TestPyPI.

    `v*` takes `v1.2-dev-3`, too. A job that is started by mistake for such a tag publishes to PyPI,
    and no rule stops it. Patterns cannot take anything back, so name the tags of releases more
    exactly, or have reviewers.
    """

    severity = "note"
    message = "environment {environment} takes {pattern}, and so the tags {other} of {target}"
    why = "No rule keeps a tag that is meant for {target} from being published to PyPI."
    fix = "Name the tags of releases more exactly, such as v[0-9]*.[0-9]*.[0-9], at {page}"
    environment: str
    pattern: str
    other: str
    target: str
    page: str


class ReviewersMissing(Finding):
    """
    Nobody has to approve a release to PyPI.

    What is published can never be taken back. With required reviewers, an environment asks a
    person before the job begins. Set them under Settings > Environments.
    """

    severity = "note"
    message = (
        "environment {environment}, in which job {job} publishes, has no reviewers{rules:?%s|}"
    )
    why = "The job publishes as soon as it is started; nobody is asked."
    fix = "Require reviewers at {page}"
    environment: str
    job: str
    rules: str
    page: str


class EnvironmentMakesWait(Finding):
    """
    A release stops until somebody approves it, or until some time has passed.

    That is what reviewers and wait timers are for. A run that nobody approves ends after 30 days.
    """

    severity = "note"
    message = "job {job} waits before it publishes: environment {environment} {reasons:and}"
    why = """
    GitHub shows "Waiting for review" or a timer; until then "environment protection rules" block
    the deployment."""
    fix = "Nothing, if that is meant. The rules are at {page}"
    job: str
    environment: str
    reasons: tuple[str, ...]
    page: str
