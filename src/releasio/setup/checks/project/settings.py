"""Whether files and settings can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.config import ConfigError
from releasio.errors.project.manifest import ManifestNotToml, NotUtf8
from releasio.setup.findings.project.settings import ProjectRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.setup.finding import Finding
    from releasio.setup.situation.situation import Situation

_FOR_ALL = (ConfigError, ManifestNotToml, NotUtf8)  # whoever builds or releases stops for it


def check_settings(situation: Situation) -> Iterator[Finding]:
    """Yield what is wrong with the files of the project, and with its settings."""
    project = situation.project
    for problem in project.problems:
        is_grave = project.uses_releasio or isinstance(problem, _FOR_ALL)
        reason = f"Every command that releases something stops for it ({problem.code})."
        if not is_grave:
            reason = f"What depends on it is not looked at ({problem.code})."
        finding = ProjectRefused(str(problem), reason, problem.hint)
        path = problem.path or ""
        if path and isinstance(problem, ConfigError):
            path = project.path(path)  # the loader knows the project's folder alone
        yield finding.at(path, problem.line).weighed("error" if is_grave else "note")
