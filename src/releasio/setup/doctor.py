"""Ask every check what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.setup.checks.called_publishing import check_called_publishing
from releasio.setup.checks.environment_rules import check_environment_rules
from releasio.setup.checks.environments import check_environments
from releasio.setup.checks.machine import check_machine
from releasio.setup.checks.own_action import check_own_action
from releasio.setup.checks.permissions import check_permissions
from releasio.setup.checks.pipeline import check_pipeline
from releasio.setup.checks.project.project import check_project
from releasio.setup.checks.publisher import check_publisher
from releasio.setup.checks.readable import check_readable
from releasio.setup.checks.secrets.secrets import check_secrets
from releasio.setup.checks.this_job import check_this_job
from releasio.setup.checks.triggers.triggers import check_triggers
from releasio.setup.checks.unneeded_identity import check_unneeded_identity
from releasio.setup.finding import in_order
from releasio.setup.patches.meaning import is_sound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from releasio.setup.finding import Finding
    from releasio.setup.situation.situation import Situation

    Check = Callable[[Situation], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    check_readable,
    check_own_action,
    check_permissions,
    check_unneeded_identity,
    check_triggers,
    check_project,
    check_environments,
    check_environment_rules,
    check_machine,
    check_this_job,
    check_publisher,
    check_pipeline,
    check_called_publishing,
    check_secrets,
)


def examine(situation: Situation) -> tuple[Finding, ...]:
    """Return what is wrong in *situation*, the gravest first."""
    findings = in_order([finding for check in CHECKS for finding in check(situation)])
    texts = situation.texts()
    for finding in findings:
        if finding.patch is not None and not is_sound([finding.patch], texts):
            finding.patch = None  # it would change more than it says
    return findings
