"""How grave it is that a public index refuses something: is anything of this sent to one?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.index.registry import BUILT_IN

if TYPE_CHECKING:
    from releasio.setup.finding import Severity
    from releasio.setup.situation.situation import Situation


def public_weight(situation: Situation) -> Severity | None:
    """
    Return how grave a refusal of PyPI or TestPyPI is.

    An error where this project is sent there; a warning where it cannot be told which project of
    the repository is, or whereto; a note where nothing is uploaded that can be seen. None: it goes
    to other indexes alone.
    """
    project = situation.project
    targets = situation.targets
    goes_by_settings = project.uses_releasio and any(each.site for each in project.registries)
    if not (targets & {*BUILT_IN, ""} or goes_by_settings):
        return None if targets else "note"
    if project.others or not (targets & BUILT_IN.keys() or goes_by_settings):
        return "warning"
    return "error"


def at_most(severity: Severity, limit: Severity) -> Severity:
    """Return the milder one of the two."""
    order: tuple[Severity, ...] = ("error", "warning", "note")
    return order[max(order.index(severity), order.index(limit))]
