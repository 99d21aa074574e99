"""What is decided on facts made by hand, in few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release.decision import Behind, Elsewhere, Refused, Releases, decide
from releasio.release.release import Nothing
from tests.known import EARLIER

if TYPE_CHECKING:
    from releasio.errors.base import ReleasioError
    from releasio.release.facts import Facts
    from releasio.release.release import Release


def told(found: Facts) -> str:
    """Return the decision in a few words."""
    match decide(found):
        case Nothing():
            return "nothing"
        case Elsewhere(by) | Behind(by) as other:
            return f"{type(other).__name__.lower()} {by.name}"
        case Refused(problems, _):
            return f"refused {', '.join(problem.code for problem in problems)}"
        case Releases((released,)):
            commit = " of an earlier commit" if released.commit == EARLIER else ""
            return f"{released.kind} {released.tag}{commit}"
        case several:
            raise AssertionError(several)


def release(found: Facts) -> Release:
    outcome = decide(found)
    assert isinstance(outcome, Releases | Refused), outcome
    (one,) = outcome.releases
    return one


def refusal(found: Facts) -> ReleasioError:
    outcome = decide(found)
    assert isinstance(outcome, Refused), outcome
    (problem,) = outcome.problems
    return problem


def reason(found: Facts) -> str:
    outcome = decide(found)
    assert isinstance(outcome, Nothing), outcome
    return outcome.reason
