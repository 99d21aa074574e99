"""World -> IndexState: every index is asked at the same time, and none may fail doctor."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from releasio.errors.base import ReleasioError
from releasio.rules.identity.attestation import signatory_in
from releasio.rules.index.registry import BUILT_IN
from releasio.setup.situation.index_state import IndexState, LastPublisher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from releasio.rules.index.registry import Registry
    from releasio.world.index.index import Index
    from releasio.world.world import World

_PATIENCE = timedelta(seconds=4)  # for other tries; what nobody answers is a note


def registries_to_ask(
    registries: Iterable[Registry], targets: Iterable[str]
) -> tuple[Registry, ...]:
    """Return the indexes of the settings, and those among the *targets* of jobs."""
    target_registries = (BUILT_IN[target] for target in sorted(targets) if target in BUILT_IN)
    return tuple(dict.fromkeys((*registries, *target_registries)))


def read_indexes(
    world: World, registries: Sequence[Registry], project: str, patience: timedelta = _PATIENCE
) -> tuple[IndexState, ...]:
    """
    Return what *registries* say of *project*, in their order; offline, nothing.

    One that does not answer is asked again as long as *patience* lasts; zero: once.
    """
    if world.offline or not project:
        return ()
    from releasio.world.parallel import Workers

    states: dict[Registry, IndexState] = {}

    def ask(registry: Registry, _: Callable[[], None]) -> None:
        states[registry] = _read_index(world, registry, project, patience)

    Workers([partial(ask, registry) for registry in registries], len(registries)).work()
    return tuple(states[registry] for registry in registries)


def _read_index(world: World, registry: Registry, project: str, patience: timedelta) -> IndexState:
    from releasio.world.http.date_header import watch_clock

    differences: list[float] = []
    try:
        index = world.index(registry)
        index.hurry(world.clock() + patience)
        differences = watch_clock(index.requester.client, world.clock)
        files = index.files(project)
        is_open = registry.index is not None and not index.is_closed
        state = IndexState(
            registry,
            project,
            exists=files is not None if is_open else None,
            files=files or (),
            standing=index.standing(project),
            similar=_similar(index, project) if files is None else "",
            clock_ahead=differences[0] if differences else None,
            trouble=f"{registry.name} does not let it be read" if index.is_closed else "",
        )
    except ReleasioError as error:
        ahead = differences[0] if differences else None
        return IndexState(registry, project, clock_ahead=ahead, trouble=error.message)
    return _with_publisher(index, state)


def _similar(index: Index, project: str) -> str:
    """
    Return the project whose name differs in separators alone, which an index takes for the same.

    Names that differ in letters that look alike are not asked for: there are too many.
    Source: `ultranormalize_name` of warehouse.
    """
    joined_name = canonicalize_name(project).replace("-", "")
    if index.registry.site is None or joined_name == canonicalize_name(project):
        return ""
    return joined_name if index.files(joined_name) is not None else ""


def _with_publisher(index: Index, state: IndexState) -> IndexState:
    """Return *state* with who published the newest release that is signed; else as it is."""
    from releasio.frozen import replace

    for version, files in state.files_by_version.items():
        signed_file = next((file for file in files if file.provenance), None)
        if signed_file is None:
            if version.is_prerelease:
                continue
            break
        try:
            provenance = index.provenance(signed_file)
        except ReleasioError:
            break  # what the index has is known without it
        publisher = _publisher_in(provenance)
        signatory = signatory_in(publisher)
        if signatory is None:
            break
        environment = str(publisher.get("environment") or "")
        last = LastPublisher(version, signed_file.name, signatory, environment)
        return replace(state, publisher=last)
    return state


def _publisher_in(provenance: object) -> dict[str, object]:
    match provenance:
        case {"attestation_bundles": [{"publisher": dict(publisher)}, *_]}:
            return publisher
    return {}
