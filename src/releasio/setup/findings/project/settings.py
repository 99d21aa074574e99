"""Settings and files that cannot be read."""

from __future__ import annotations

from releasio.setup.finding import Finding


class ProjectRefused(Finding):
    """
    A file of the project, or a setting of releasio in it, is wrong.

    Every command of releasio that releases something stops for it. Where it is the file itself
    that cannot be read, such as a pyproject.toml that is no TOML, no build back end gets further
    either. What stops releasio alone, in a project that does not use it, is only a note.
    """

    severity = "error"
    message = "{problem}"
    why = "{reason}"
    fix = "{remedy}"
    problem: str
    reason: str
    remedy: str
