"""Ask the credential sources in turn; every answer has its reason, and none is hidden."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from releasio.auth.asking import Asking
from releasio.auth.order import sources
from releasio.auth.refusal import no_credential
from releasio.errors.auth.credential import CredentialRefused
from releasio.errors.index.answers import GarbledAnswer, IndexUnreachable
from releasio.frozen import frozen
from releasio.rules.credentials.credential import Answer, Credential, NotHere
from releasio.rules.credentials.policy import TRUSTED, Policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from releasio.auth.asking import Source
    from releasio.errors.base import ReleasioError
    from releasio.rules.index.registry import Registry
    from releasio.world.screen import Screen
    from releasio.world.world import World


@frozen
class Obtained:
    """The credential, and what was answered on the way to it."""

    credential: Credential
    answers: tuple[Answer, ...]


def obtain(
    world: World,
    registry: Registry,
    policy: Policy,
    project: str,
    *,
    chain: Sequence[Source] | None = None,
) -> Obtained:
    """
    Return the first credential for uploading *project* to *registry*.

    What *policy* rules out is not asked, and that is said.

    Raises:
        NoCredential: No source had one, with each one's reason and the remedy.
        IndexUnreachable: No source had one, and one could not tell.
        GarbledAnswer: Likewise.
    """
    asking = Asking(world.index(registry), project, world.env)
    answers: list[Answer] = []
    is_refused = False
    for source in chain if chain is not None else sources(registry, policy):
        answer = _ask(source, asking, policy, is_refused=is_refused)
        if isinstance(answer, Credential):
            answers.append(Answer(source.name, "used", _life(answer)))
            obtained = Obtained(answer, _merged(answers))
            _tell(world.screen, registry, obtained)
            return obtained
        answers.append(answer)
        is_refused = is_refused or answer.outcome == "refused"
    raise no_credential(registry, _merged(answers), world.env, policy)


def forecast(
    env: Mapping[str, str],
    registry: Registry,
    policy: Policy,
    *,
    chain: Sequence[Source] | None = None,
) -> tuple[Answer, ...]:
    """Return what each source would say: `possible`, or why not. No network, no secret is read."""
    chosen_sources = chain if chain is not None else sources(registry, policy)
    return _merged([_forecast(source, env, registry, policy) for source in chosen_sources])


def foresee(
    world: World,
    registry: Registry,
    policy: Policy,
    project: str,
    *,
    chain: Sequence[Source] | None = None,
) -> tuple[Answer, ...]:
    """
    Return what each source would say, like `forecast`, and read what is here already.

    A token in a variable, or a job's identity, that is sure not to work is told as refused;
    nothing is sent to the index, and nobody is asked.
    """
    asking = Asking(world.index(registry), project, world.env)
    answers: list[Answer] = []
    for source in chain if chain is not None else sources(registry, policy):
        is_refused = any(answer.outcome == "refused" for answer in answers)
        answer = _forecast(source, world.env, registry, policy, is_refused=is_refused)
        answers.append(_read(source, asking, answer) if answer.outcome == "possible" else answer)
    return _merged(answers)


def _read(source: Source, asking: Asking, possible: Answer) -> Answer:
    try:
        missing = source.foresee(asking)
    except CredentialRefused as error:
        return _refused(source, error)
    return possible if missing is None else _not_applicable(source, missing)


def _refused(source: Source, error: ReleasioError) -> Answer:
    return Answer(source.name, "refused", str(error).partition("\n")[0], error)


def _not_applicable(source: Source, missing: NotHere) -> Answer:
    return Answer(source.name, "not-applicable", missing.reason, missing.error, missing.empty)


def trusts(env: Mapping[str, str], registry: Registry, policy: Policy) -> bool:
    """Tell whether trusted publishing would be asked for a credential; no network."""
    return any(
        _forecast(source, env, registry, policy).outcome == "possible"
        for source in sources(registry, policy)
        if source.kind == TRUSTED
    )


def _forecast(
    source: Source,
    env: Mapping[str, str],
    registry: Registry,
    policy: Policy,
    *,
    is_refused: bool = False,
) -> Answer:
    excluded = policy.why_not(source.kind, after_refusal=is_refused)
    offer = NotHere(excluded) if excluded else source.offer(env, registry)
    if isinstance(offer, NotHere):
        return _not_applicable(source, offer)
    return Answer(source.name, "possible", offer)


def _ask(
    source: Source, asking: Asking, policy: Policy, *, is_refused: bool
) -> Credential | Answer:
    answer = _forecast(source, asking.env, asking.registry, policy, is_refused=is_refused)
    if answer.outcome != "possible":
        return answer
    try:
        credential = source.ask(asking)
    except (CredentialRefused, GarbledAnswer, IndexUnreachable) as error:
        return _refused(source, error)
    return _not_applicable(source, credential) if isinstance(credential, NotHere) else credential


def _merged(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Put neighbours with the same reason into one line: seven variables are not set."""

    def alike(answer: Answer) -> object:
        plain = answer.outcome == "not-applicable" and answer.error is None
        return (answer.reason, answer.empty) if plain else answer

    merged = []
    for _, group in groupby(answers, key=alike):
        first, *neighbours = group
        names = ", ".join(answer.source for answer in (first, *neighbours))
        merged.append(Answer(names, first.outcome, first.reason, first.error, first.empty))
    return tuple(merged)


def _life(credential: Credential) -> str:
    if credential.expires is None:
        return credential.source
    return f"{credential.source}, valid until {credential.expires:%Y-%m-%d %H:%M} UTC"


def _tell(screen: Screen, registry: Registry, obtained: Obtained) -> None:
    """Say what is used, and why nothing that was asked before it is."""
    screen.detail(f"credential for {registry.name}: {obtained.credential.source}")
    for answer in obtained.answers:
        if answer.outcome == "refused":
            screen.note(str(answer))
        elif answer.outcome != "used":
            screen.detail(str(answer))
