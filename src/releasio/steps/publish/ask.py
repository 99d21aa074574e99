"""Ask the index whether it would take the release, before anything of it is public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.errors.index.verdict import CredentialWouldBeRefused, QuestionTaken, WouldBeRefused
from releasio.frozen import frozen
from releasio.steps.step import Done, Omitted, State, Todo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.auth.chain import Policy
    from releasio.rules.contents.record import BuiltFile
    from releasio.rules.credentials.credential import Credential
    from releasio.rules.distribution.verdict import Verdict
    from releasio.rules.index.simple import IndexFile
    from releasio.steps.publish.upload import Delivery
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
        made = self.delivery
        return (
            f"ask {made.registry.name} whether it would take {made.project} {made.version} from "
            "this credential"
        )

    def probe(self, world: World) -> State:
        """Done when nothing is left to upload."""
        made = self.delivery
        if world.offline:
            return Todo("the index was not asked")
        if made.files is not None and not made.missing(world):
            return Done("every file is on the index")
        # where nobody wants the pages to be asked, the question settles it
        return Todo(self._foretold(world, self._listed(world)))

    def _listed(self, world: World) -> Sequence[IndexFile] | None:
        made = self.delivery
        return world.index(made.registry).files(made.project) if made.check_existing else ()

    def _foretold(self, world: World, listed: Sequence[IndexFile] | None) -> str:
        """Say what the question costs, and on what it depends."""
        from releasio.auth.chain import trusts
        from releasio.rules.distribution.verdict import CREATIONS

        made = self.delivery
        trusted = trusts(world.env, made.registry, self.policy)
        if listed is None and not trusted:  # a pending publisher has its project by then
            return (
                f"{COST}; as {made.project} is new there, {made.registry.name} counts it as one "
                f"of the {CREATIONS} projects that an account may create in an hour"
            )
        if listed and trusted and not self.always:
            return f"{COST}, unless this publisher has published {made.project} before"
        return COST

    def _published_before(self, world: World, held: Credential | None) -> bool:
        """Whether the index tells so of the latest file; trouble leaves the doubt."""
        from releasio.rules.distribution.verdict import published_before

        files = [file for file in self._listed(world) or () if file.provenance]
        if held is None or not held.trusted or not files:
            return False
        latest = max(files, key=lambda file: (str(file.upload_time or ""), file.name))
        try:
            provenance = world.index(self.delivery.registry).provenance(latest)
        except ReleasioError:
            return False
        return published_before(provenance, held.claims)

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

        made = self.delivery
        if not self.always and self._published_before(world, run.credentials.get(made.registry)):
            return Omitted(f"not needed: this publisher has published {made.project} before")
        credential = Renewal(run, made.registry, self.policy, made.project)()
        typed = 1
        while (error := self._verdict(world, credential)) is not None:
            if isinstance(error, Omitted):
                return error
            about_it = isinstance(error, CredentialWouldBeRefused)
            if not about_it or not is_typed(credential) or typed == _TYPED:
                raise error
            world.screen.note(f"{error}. {error.hint}")
            credential = type_again(
                run, made.registry, self.policy, made.project, terminal=self.terminal
            )
            typed += 1
        world.screen.line(f"{made.registry.name} has no objection")
        return None

    def _verdict(self, world: World, credential: Credential) -> ReleasioError | Omitted | None:
        """Return what speaks against the upload, or why that is not known; `None`: nothing does."""
        made, verdict = self.delivery, self._asked(world, credential)
        match verdict.outcome:
            case "no-objection":
                return None
            case "unknown":
                return self._unanswered(verdict)
            case "stored":
                return QuestionTaken(made.project, made.version, made.registry.name, verdict.status)
            case "objection":
                return self._objection(verdict)

    def _asked(self, world: World, credential: Credential) -> Verdict:
        from releasio.world.build.metadata import upload_fields

        made, file = self.delivery, self._first(world)
        if made.folder is None:
            msg = "the question needs built files"
            raise RuntimeError(msg)
        fields = upload_fields(made.folder / file.name)
        return world.index(made.registry).ask(fields, credential, sha256=file.sha256)

    def _first(self, world: World) -> BuiltFile:
        """Return the file that the upload begins with."""
        from releasio.steps.publish.upload import turn

        # while somebody typed a token, another run may have uploaded all of them
        return min(self.delivery.missing(world) or self.delivery.files or (), key=turn)

    def _unanswered(self, verdict: Verdict) -> Omitted:
        name = self.delivery.registry.name
        answer = f"it answered {verdict.status}: " if verdict.status else ""
        return Omitted(f"{name} could not be asked: {answer}{verdict.sentence}; the upload tells")

    def _objection(self, verdict: Verdict) -> WouldBeRefused:
        from releasio.rules.index.error_answer import is_closed, remedy
        from releasio.rules.index.going_on import before_the_tag

        made, status, sentence = self.delivery, verdict.status, verdict.sentence
        forbidden = status == _FORBIDDEN and not is_closed(sentence)
        kind = CredentialWouldBeRefused if forbidden else WouldBeRefused
        advice = before_the_tag(remedy(status, sentence, made.project))
        return kind(made.project, made.version, made.registry.name, status, sentence, advice)
