"""Ask the index whether it would take the release, before anything of it is public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.frozen import frozen
from releasio.steps.step import Done, Omitted, State, Todo, needed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.errors.index.verdict import WouldBeRefused
    from releasio.rules.contents.record import BuiltFile
    from releasio.rules.credentials.credential import Credential
    from releasio.rules.credentials.policy import Policy
    from releasio.rules.distribution.verdict import Verdict
    from releasio.rules.index.simple import IndexFile
    from releasio.steps.publish.delivery import Delivery
    from releasio.world.run import Run
    from releasio.world.tokens.terminal import Terminal
    from releasio.world.world import World

_FORBIDDEN = 403
COST = "one request that stores nothing"
_TYPED = 3  # tokens that somebody may type until one is taken


@frozen
class Ask:
    """
    Ask an index that takes questions, with the credential and the form of the upload.

    It is one request and never repeated by itself: for a name that is new there the index
    counts each as one of the projects that an account may create in an hour.

    Attributes:
        delivery: What goes where.
        policy: Which kinds of credentials are used.
        always: Also where an earlier release leaves no doubt.
        terminal: Where somebody may type another token; `None`: this process's own.
    """

    delivery: Delivery
    policy: Policy
    always: bool = False
    terminal: Terminal | None = None

    def __str__(self) -> str:
        delivery = self.delivery
        return (
            f"ask {delivery.registry.name} whether it would take {delivery.project} "
            f"{delivery.version} from this credential"
        )

    def probe(self, world: World) -> State:
        """Done when nothing is left to upload."""
        delivery = self.delivery
        if world.offline:
            return Todo("the index was not asked")
        if delivery.files is not None and not delivery.missing(world):
            return Done("every file is on the index")
        # where nobody wants the pages to be asked, the question settles it
        return Todo(self._cost(world, self._index_files(world)))

    def _index_files(self, world: World) -> Sequence[IndexFile] | None:
        delivery = self.delivery
        if not delivery.check_existing:
            return ()
        return world.index(delivery.registry).files(delivery.project)

    def _cost(self, world: World, index_files: Sequence[IndexFile] | None) -> str:
        """Say what the question costs, and on what it depends."""
        from releasio.auth.chain import trusts
        from releasio.rules.distribution.verdict import CREATIONS

        delivery = self.delivery
        is_trusted = trusts(world.env, delivery.registry, self.policy)
        if index_files is None and not is_trusted:  # a pending publisher has its project by then
            return (
                f"{COST}; as {delivery.project} is new there, {delivery.registry.name} counts it "
                f"as one of the {CREATIONS} projects that an account may create in an hour"
            )
        if index_files and is_trusted and not self.always:
            return f"{COST}, unless this publisher has published {delivery.project} before"
        return COST

    def _published_before(self, world: World, credential: Credential | None) -> bool:
        """Whether the index tells so of the latest file; trouble leaves the doubt."""
        from releasio.rules.distribution.verdict import published_before

        files = [file for file in self._index_files(world) or () if file.provenance]
        if credential is None or not credential.trusted or not files:
            return False
        latest = max(files, key=lambda file: (str(file.upload_time or ""), file.name))
        try:
            provenance = world.index(self.delivery.registry).provenance(latest)
        except ReleasioError:
            return False
        return published_before(provenance, credential.claims)

    def apply(self, world: World, run: Run) -> Omitted | None:
        """
        Ask, unless an earlier release is the answer.

        Who typed a token that is not taken may type another one.

        Raises:
            WouldBeRefused: The index would refuse the upload, in its own words.
            CredentialWouldBeRefused: It would not take the credential.
            QuestionTaken: It did not refuse what nobody takes.
            NoCredential: No source gives one.
        """
        from releasio.auth.renewal import Renewal
        from releasio.auth.retyping import is_typed, type_again
        from releasio.errors.index.verdict import CredentialWouldBeRefused

        delivery = self.delivery
        if not self.always and self._published_before(
            world, run.credentials.get(delivery.registry)
        ):
            return Omitted(f"not needed: this publisher has published {delivery.project} before")
        credential = Renewal(run, delivery.registry, self.policy, delivery.project)()
        typed_tokens = 1
        while (error := self._verdict(world, credential)) is not None:
            if isinstance(error, Omitted):
                return error
            is_about_credential = isinstance(error, CredentialWouldBeRefused)
            if not is_about_credential or not is_typed(credential) or typed_tokens == _TYPED:
                raise error
            world.screen.note(f"{error}. {error.hint}")
            credential = type_again(
                run, delivery.registry, self.policy, delivery.project, terminal=self.terminal
            )
            typed_tokens += 1
        world.screen.line(f"{delivery.registry.name} has no objection")
        return None

    def _verdict(self, world: World, credential: Credential) -> ReleasioError | Omitted | None:
        """Return what speaks against the upload, or why that is not known; `None`: nothing does."""
        from releasio.errors.index.verdict import QuestionTaken

        delivery, verdict = self.delivery, self._answer(world, credential)
        match verdict.outcome:
            case "no-objection":
                return None
            case "unknown":
                return self._omitted(verdict)
            case "stored":
                return QuestionTaken(
                    delivery.project, delivery.version, delivery.registry.name, verdict.status
                )
            case "objection":
                return self._objection(verdict)

    def _answer(self, world: World, credential: Credential) -> Verdict:
        from releasio.world.build.metadata import upload_fields

        delivery, file = self.delivery, self._first_file(world)
        folder = needed(delivery.folder, "the question needs built files")
        fields = upload_fields(folder / file.name)
        return world.index(delivery.registry).ask(fields, credential, sha256=file.sha256)

    def _first_file(self, world: World) -> BuiltFile:
        """Return the file that the upload begins with."""
        from releasio.steps.publish.upload import turn

        # while somebody typed a token, another run may have uploaded all of them
        return min(self.delivery.missing(world) or self.delivery.files or (), key=turn)

    def _omitted(self, verdict: Verdict) -> Omitted:
        name = self.delivery.registry.name
        answer = f"it answered {verdict.status}: " if verdict.status else ""
        return Omitted(f"{name} could not be asked: {answer}{verdict.sentence}; the upload tells")

    def _objection(self, verdict: Verdict) -> WouldBeRefused:
        from releasio.errors.index.verdict import CredentialWouldBeRefused, WouldBeRefused
        from releasio.rules.index.advice import before_the_tag
        from releasio.rules.index.error_answer import is_closed, remedy

        delivery, status, sentence = self.delivery, verdict.status, verdict.sentence
        is_forbidden = status == _FORBIDDEN and not is_closed(sentence)
        error_class = CredentialWouldBeRefused if is_forbidden else WouldBeRefused
        advice = before_the_tag(remedy(status, sentence, delivery.project))
        return error_class(
            delivery.project, delivery.version, delivery.registry.name, status, sentence, advice
        )
