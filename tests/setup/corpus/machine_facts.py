"""The machine of a case of the corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.frozen import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.setup.situation.machine_state import MachineState

_USUAL = {"git": (2, 50, 1), "python": (3, 12)}  # whatever the tests run with


def machine_state(facts: Mapping[str, Any], real: MachineState | None) -> MachineState:
    """Return the *real* machine with what the table `[machine]` says of it."""
    assert real is not None
    tuples = {
        key: tuple(value) if isinstance(value, list) else value for key, value in facts.items()
    }
    return replace(real, **{**_USUAL, **tuples})
