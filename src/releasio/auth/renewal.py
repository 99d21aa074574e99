"""One index's credential during a run: held while it lasts, and obtained anew when it does not."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from releasio.auth.chain import obtain

if TYPE_CHECKING:
    from releasio.auth.chain import Policy
    from releasio.rules.credential import Credential
    from releasio.rules.registry import Registry
    from releasio.world.world import World


class Renewal:
    """
    An `Authority` for the uploads of *project* to *registry*.

    Several uploads may ask at the same time; one of them obtains, the others wait
    for it: an identity is good for one token, and one token for all.
    """

    def __init__(self, world: World, registry: Registry, policy: Policy, project: str) -> None:
        self._world = world
        self._registry = registry
        self._policy = policy
        self._project = project
        self._lock = threading.Lock()

    def __call__(self, expired: Credential | None = None) -> Credential:
        """
        Return the credential the run holds, or a new one if it will not last another upload.

        Raises:
            NoCredential: There was one, and no source gives another.
            IndexUnreachable: Nobody could be asked.
        """
        with self._lock:
            held = self._world.credentials.get(self._registry)
            if held is None or held == expired or not held.lasts(self._world.clock()):
                obtained = obtain(self._world, self._registry, self._policy, self._project)
                held = self._world.credentials[self._registry] = obtained.credential
                self._world.answers[self._registry] = obtained.answers
            return held
