"""Releasio's own Action in workflows."""

from __future__ import annotations

from releasio.setup.finding import Finding


class ActionOwnerMissing(Finding):
    """
    A workflow takes releasio's Action from an account that nobody has named.

    In the ready workflows `OWNER` stands for the account that has releasio's repository, where
    the installed releasio does not say which that is. GitHub looks for an account of that name
    and starts no step of the job. Write the account in its place.
    """

    severity = "error"
    message = "job {job} runs {uses}, where OWNER stands for an account that has to be named"
    why = """
    GitHub starts no step of the job: "Unable to resolve action `{uses}`, repository not
    found"."""
    fix = "Write the account that has releasio's repository in place of OWNER, on each such line."
    job: str
    uses: str
