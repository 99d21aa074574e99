"""One index's credential during a run: held while it lasts, and obtained anew when it does not."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from releasio.auth.chain import obtain
from releasio.auth.order import sources
from releasio.frozen import replace

if TYPE_CHECKING:
    from releasio.auth.chain import Obtained
    from releasio.rules.credentials.credential import Credential
    from releasio.rules.credentials.policy import Policy
    from releasio.rules.index.registry import Registry
    from releasio.world.run import Run


class Renewal:
    """
    An `Authority` for the uploads of *project* to *registry*.

    Several uploads may ask at the same time; one of them obtains, the others wait
    for it: an identity is good for one token, and one token for all.
    """

    def __init__(self, run: Run, registry: Registry, policy: Policy, project: str) -> None:
        self._run = run
        self._registry = registry
        self._policy = policy
        self._project = project
        self._lock = threading.Lock()

    def __call__(self, expired: Credential | None = None) -> Credential:
        """
        Return the credential the run holds, or a new one if it will not last another upload.

        Trusted publishing is only renewed by the source it came from: the files of
        the release may carry attestations, which an index takes with nothing else.

        Raises:
            NoCredential: There was one, and no source gives another.
            IndexUnreachable: Nobody could be asked.
            GarbledAnswer: Somebody else answered.
        """
        with self._lock:
            credential = self._run.credentials.get(self._registry)
            if (
                credential is None
                or credential == expired
                or not credential.lasts(self._run.world.clock())
            ):
                obtained = self._obtain(credential)
                credential = obtained.credential
                self._run.hold(self._registry, credential)
                self._run.answers[self._registry] = obtained.answers
            return credential

    def _obtain(self, credential: Credential | None) -> Obtained:
        if credential is None or not credential.trusted:
            return obtain(self._run.world, self._registry, self._policy, self._project)
        policy = replace(self._policy, trusted_publishing="required")
        same_source = [
            source for source in sources(self._registry, policy) if source.name == credential.source
        ]
        return obtain(self._run.world, self._registry, policy, self._project, chain=same_source)
