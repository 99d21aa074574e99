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
from releasio.setup.checks.project.files import check_files
from releasio.setup.checks.project.metadata import check_metadata
from releasio.setup.checks.project.on_index import check_on_index
from releasio.setup.checks.project.settings import check_settings
from releasio.setup.checks.project.versions import check_versions
from releasio.setup.checks.publisher import check_publisher
from releasio.setup.checks.readable import check_readable
from releasio.setup.checks.secrets.exposed import check_exposed
from releasio.setup.checks.secrets.kept import check_kept
from releasio.setup.checks.secrets.tokens import check_tokens
from releasio.setup.checks.this_job import check_this_job
from releasio.setup.checks.triggers.artefacts import check_artefacts
from releasio.setup.checks.triggers.beside import check_beside
from releasio.setup.checks.triggers.chain import check_chain
from releasio.setup.checks.triggers.concurrency import check_concurrency
from releasio.setup.checks.triggers.events import check_events
from releasio.setup.checks.triggers.filters import check_filters
from releasio.setup.checks.triggers.history import check_history
from releasio.setup.checks.triggers.inputs import check_inputs
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
    check_events,
    check_chain,
    check_filters,
    check_history,
    check_concurrency,
    check_beside,
    check_artefacts,
    check_inputs,
    check_settings,
    check_versions,
    check_metadata,
    check_files,
    check_on_index,
    check_environments,
    check_environment_rules,
    check_machine,
    check_this_job,
    check_publisher,
    check_pipeline,
    check_called_publishing,
    check_tokens,
    check_kept,
    check_exposed,
)


def examine(situation: Situation) -> tuple[Finding, ...]:
    """Return what is wrong in *situation*, the gravest first."""
    findings = in_order([finding for check in CHECKS for finding in check(situation)])
    texts = situation.texts()
    for finding in findings:
        if finding.patch is not None and not is_sound([finding.patch], texts):
            finding.patch = None  # it would change more than it says
    return findings
