"""What to expect of a step while it is being done: time, a question, output that is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.steps.build.build import Build
from releasio.steps.build.fetch import Fetch
from releasio.steps.forge.attach import Attach
from releasio.steps.forge.move_tags import MoveTags
from releasio.steps.prepare.run_hook import RunHook
from releasio.steps.publish.attest import Attest
from releasio.steps.publish.push import Push
from releasio.steps.publish.upload import Upload
from releasio.steps.publish.verify import Verify

if TYPE_CHECKING:
    from releasio.steps.step import Step


def takes_time(step: Step) -> bool:
    """Whether *step* mostly takes so long that one would ask oneself what goes on."""
    return isinstance(step, Build | Push | Upload | Verify | Attest | Fetch | Attach)


def may_ask(step: Step) -> bool:
    """Whether *step* starts a program that may ask on the terminal: ssh, for a key's passphrase."""
    url = step.remote.url if isinstance(step, Push | MoveTags) and step.remote else ""
    return url.startswith("ssh:") or ("@" in url and "://" not in url)


def is_users(step: Step) -> bool:
    """Whether *step* runs a command of the user's, whose output is wanted."""
    return isinstance(step, RunHook) or (
        isinstance(step, Build) and step.artefacts.hook is not None
    )
