"""Whether a release can be made on this machine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from releasio.setup.findings.machine import (
    CertificatesMissing,
    ClockWrong,
    CommitterUnknown,
    GitTooOld,
    HistoryMissing,
    IndexSilent,
    NetworkUnusable,
    PythonEnding,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.setup.finding import Finding
    from releasio.setup.situation.machine_state import MachineState
    from releasio.setup.situation.situation import Situation

_FAR_OFF = 300.0  # seconds; certificates of Sigstore are valid for ten minutes
_OLDEST_GIT = (2, 31)
# the end of the month in which security fixes end; https://devguide.python.org/versions/
_ENDS = {
    (3, 11): datetime(2027, 10, 31, tzinfo=UTC),
    (3, 12): datetime(2028, 10, 31, tzinfo=UTC),
    (3, 13): datetime(2029, 10, 31, tzinfo=UTC),
    (3, 14): datetime(2030, 10, 31, tzinfo=UTC),
}
_SOON = timedelta(days=120)


def check_machine(situation: Situation) -> Iterator[Finding]:
    """Yield what is in the way of a release from this machine."""
    machine = situation.machine
    if machine is None:
        return
    yield from _network(machine)
    yield from _index(situation)
    yield from _history(situation)
    if situation.project.uses_releasio:
        yield from _git(machine)
        yield from _python(machine)


def _network(machine: MachineState) -> Iterator[Finding]:
    for variable, path in machine.missing_certificates:
        yield CertificatesMissing(variable, path)
    if problem := machine.network_problem:
        yield NetworkUnusable(str(problem), problem.hint)


def _index(situation: Situation) -> Iterator[Finding]:
    for state in situation.indexes:
        ahead = state.clock_ahead or 0.0
        if abs(ahead) > _FAR_OFF:
            direction = "ahead of" if ahead > 0 else "behind"
            yield ClockWrong(round(abs(ahead) / 60), direction, state.registry.name)
            break
    machine = situation.machine
    is_explained = machine and (machine.network_problem or machine.missing_certificates)
    for state in situation.indexes if not is_explained else ():
        if state.trouble:
            yield IndexSilent(state.registry.name, state.trouble)


def _history(situation: Situation) -> Iterator[Finding]:
    manifest = situation.project.manifest
    if not situation.git.is_shallow or manifest is None:
        return
    if manifest.is_from_tags:
        yield HistoryMissing("The version comes from a tag: what is built here has a wrong one.")
    elif situation.project.uses_releasio:
        yield HistoryMissing("A release has to fetch what is missing before it begins.")


def _git(machine: MachineState) -> Iterator[Finding]:
    if machine.git and machine.git < _OLDEST_GIT:
        needed = ".".join(map(str, _OLDEST_GIT))
        yield GitTooOld(".".join(map(str, machine.git)), needed)
    if not machine.has_identity and machine.job is None:
        yield CommitterUnknown()


def _python(machine: MachineState) -> Iterator[Finding]:
    end = _ENDS.get(machine.python)
    if end is not None and machine.now > end - _SOON:
        yield PythonEnding(".".join(map(str, machine.python)), f"{end:%B %Y}")
