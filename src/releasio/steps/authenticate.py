"""Get the credential before anything is public: the mint itself is the proof that it works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.credential import NoCredential
from releasio.frozen import frozen
from releasio.steps.step import Done, State, Todo

if TYPE_CHECKING:
    from releasio.auth.chain import Policy
    from releasio.steps.upload import Delivery
    from releasio.world.world import World


@frozen
class Authenticate:
    """Ask the credential sources in turn, and keep what the first one gives."""

    delivery: Delivery
    policy: Policy

    def __str__(self) -> str:
        return f"obtain a credential for {self.delivery.registry.name}"

    def probe(self, world: World) -> State:
        """Done when one is held, or when nothing is left to upload."""
        if self.delivery.registry in world.credentials:
            return Done()
        if world.offline:
            return Todo()
        if self.delivery.files is not None and not self.delivery.missing(world):
            return Done("every file is on the index")
        return Todo(self._asked(world))

    def _asked(self, world: World) -> str:
        """Name the sources that would be asked here and now."""
        from releasio.auth.chain import forecast  # noqa: PLC0415 -- `check --offline` does without

        registry = self.delivery.registry
        answers = world.answers[registry] = forecast(world.env, registry, self.policy)
        possible = [answer.source for answer in answers if answer.outcome == "possible"]
        return f"would ask {', then '.join(possible)}" if possible else "there is none here"

    def apply(self, world: World) -> None:
        """
        Obtain it and hold it for the upload.

        Raises:
            NoCredential: No source had one, with each source's reason.
        """
        from releasio.auth.chain import obtain  # noqa: PLC0415 -- the same

        registry = self.delivery.registry
        try:
            obtained = obtain(world, registry, self.policy, self.delivery.project)
        except NoCredential as error:
            world.answers[registry] = error.answers
            raise
        world.answers[registry] = obtained.answers
        world.credentials[registry] = obtained.credential
