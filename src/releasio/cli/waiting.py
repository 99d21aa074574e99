"""What to expect of a step while it is being done: time, a question, output that is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from releasio.rules.running.remote import Remote
    from releasio.steps.build.artefacts import Artefacts
    from releasio.steps.step import Step


# by the step's name, as in show/stages.py: who publishes files needs no steps of builds and forges
LONG = frozenset({"Attach", "Attest", "Build", "Fetch", "Push", "Upload", "Verify"})
ASKING = frozenset({"MoveTags", "Push"})
USERS = frozenset({"Build", "RunHook"})


def takes_time(step: Step) -> bool:
    """Whether *step* mostly takes so long that one would ask oneself what goes on."""
    return _name(step) in LONG


def may_ask(step: Step) -> bool:
    """Whether *step* starts a program that may ask on the terminal: ssh, for a key's passphrase."""
    remote: Remote | None = getattr(step, "remote", None) if _name(step) in ASKING else None
    url = remote.url if remote else ""
    return url.startswith("ssh:") or ("@" in url and "://" not in url)


def is_users(step: Step) -> bool:
    """Whether *step* runs a command of the user's, whose output is wanted."""
    artefacts: Artefacts | None = getattr(step, "artefacts", None)
    return _name(step) in USERS and (artefacts is None or artefacts.hook is not None)


def _name(step: Step) -> str:
    return type(step).__name__
