"""Files that cannot be read."""

from __future__ import annotations

from releasio.setup.finding import Finding


class WorkflowNotYaml(Finding):
    """
    A workflow file is no YAML.

    GitHub refuses the whole file, so nothing of it ever runs, and nothing says so but the page of
    the repository's actions.
    """

    severity = "error"
    message = "{problem}"
    why = "The CI server refuses the whole file: nothing of it ever runs."
    fix = "Look at this line and the one before it."
    problem: str
