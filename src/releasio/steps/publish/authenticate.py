"""Get the credential before anything is public: the mint itself is the proof that it works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.steps.step import Blocked, Done, State, Todo

if TYPE_CHECKING:
    from releasio.rules.credentials.policy import Policy
    from releasio.steps.publish.delivery import Delivery
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class Authenticate:
    """Ask the credential sources in turn, and keep what the first one gives."""

    delivery: Delivery
    policy: Policy

    def __str__(self) -> str:
        return f"obtain a credential for {self.delivery.registry.name}"

    def probe(self, world: World) -> State:
        """Done when nothing is left to upload."""
        if world.offline:
            return Todo()
        if self.delivery.files is not None and not self.delivery.missing(world):
            return Done("every file is on the index")
        return self._foreseen_state(world)

    def _foreseen_state(self, world: World) -> State:
        """Name the sources that would be asked here and now; blocked where none can have any."""
        from releasio.auth.chain import foresee
        from releasio.auth.refusal import no_credential
        from releasio.world.ci.ci import ci_name

        delivery, policy = self.delivery, self.policy
        if delivery.registry not in world.prospects:
            world.prospects[delivery.registry] = foresee(
                world, delivery.registry, policy, delivery.project
            )
        answers = world.prospects[delivery.registry]
        if sources := [answer.source for answer in answers if answer.outcome == "possible"]:
            return Todo(f"would ask {', then '.join(sources)}")
        is_refused = any(answer.outcome == "refused" for answer in answers)
        if is_refused or ci_name(world.env) or policy.trusted_publishing == "required":
            return Blocked(no_credential(delivery.registry, answers, world.env, policy))
        return Todo("there is none here")  # somebody at a terminal may be asked for one

    def apply(self, world: World, run: Run) -> None:
        """
        Obtain it and hold it for the upload, if none is held.

        Raises:
            NoCredential: No source had one, with each source's reason.
        """
        from releasio.auth.chain import obtain
        from releasio.errors.auth.credential import NoCredential

        registry = self.delivery.registry
        if registry in run.credentials:
            return
        try:
            obtained = obtain(world, registry, self.policy, self.delivery.project)
        except NoCredential as error:
            run.answers[registry] = error.answers
            raise
        run.answers[registry] = obtained.answers
        run.hold(registry, obtained.credential)
