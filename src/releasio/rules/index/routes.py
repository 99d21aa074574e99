"""Which registry a release goes to: by its tag, its branch, or because it is a pre-release."""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError, raise_all
from releasio.frozen import frozen
from releasio.rules.index.registry import BUILT_IN, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from packaging.version import Version

    from releasio.config.tables.publish import PublishConfig, RegistryConfig, Route
    from releasio.rules.index.registry import Registry
    from releasio.rules.versions.tag_form import TagForm

# what a tag says of registries without a name, in what cannot be one
USUAL = "(usual)"  # the one of publish.registry
UNNAMED = "(unnamed)"  # one that a route, or somebody for one run, gave the address of
_WORDS = {"a": ("a", "alpha"), "b": ("b", "beta"), "rc": ("rc", "c", "pre", "preview")}
_BREAKS = ("", "-", ".", "_")


@frozen
class Way:
    """
    Where the files of a release go.

    Attributes:
        registry: Where users get them from.
        staging: Who gets them before, to be looked at there; `None`: nobody.
        reason: The route that decided, as a sentence; empty: no route did.
    """

    registry: Registry
    staging: Registry | None = None
    reason: str = ""

    @property
    def registries(self) -> tuple[Registry, ...]:
        """All of them, in the order in which they get the files."""
        return (self.staging, self.registry) if self.staging else (self.registry,)


@frozen
class Routes:
    """
    `publish.registry` and what stands in `[[publish.routes]]`, with addresses.

    Attributes:
        usual: Where releases go that no route is for.
        others: Routes and where they lead; the first that matches is taken.
        by_hand: The registry is chosen for this run alone, and nothing else counts.
        known: All registries that have a name here, by it.
    """

    usual: Way
    others: tuple[tuple[Route, Way], ...] = ()
    by_hand: bool = False
    known: Mapping[str, Registry] = MappingProxyType({})

    def of(self, tag: str, version: Version, branch: str | None, form: TagForm) -> Way:
        """
        Return where the release *tag* of *version* goes.

        A pattern for tags matches any spelling of the version that PEP 440 takes for
        the same: `v*-dev-*` is for `v0.5.10.dev1`, too.
        """
        for route, way in self.others:
            if _matches(route, tag, version, branch, form):
                return way
        return self.usual

    def told(self, registry: Registry) -> str:
        """
        Return what a public tag says of *registry*, which is never an address.

        The name the settings have for it; else whether it is the usual one.
        """
        if self.known.get(registry.name) == registry:
            return registry.name
        return USUAL if registry == self.usual.registry and not self.by_hand else UNNAMED

    def again(self, way: Way, name: str) -> Way | None:
        """
        Return where a release is finished that would go *way* now, and whose tag says *name*.

        `None`: these settings do not lead there. Whoever may push a tag must not be able
        to send files or credentials where no setting does.
        """
        if self.by_hand or name == "" or name == self.told(way.registry):
            return way
        if name == USUAL:
            return self.usual
        for configured in (self.usual, *(routed for _, routed in self.others)):
            registry = configured.registry
            if registry.name == name != UNNAMED:
                return Way(registry, configured.staging, f"its tag says that it goes to {name}")
        return None


def read_routes(
    publish: PublishConfig, registries: Mapping[str, RegistryConfig], *, by_hand: bool = False
) -> Routes:
    """
    Look up every registry that is named anywhere in the settings.

    Args:
        publish: Names them.
        registries: Those that are not built in.
        by_hand: Whether an option or variable chose `publish.registry` for this run.

    Raises:
        Problems: Names and addresses that are none; also where no release would go now.
    """
    problems: list[ReleasioError] = []

    def look_up(name: str, setting: str) -> Registry | None:
        try:
            return resolve(name, registries)
        except ReleasioError as error:
            problems.append(error.about(setting) if setting else error)
            return None

    # first, so that a table that is wrong is named, and not who uses it
    if senseless_routes := list(_senseless_routes(publish)):
        from releasio.errors.index.registry import RouteSenseless

        problems += [RouteSenseless(*route) for route in senseless_routes]
    by_name = {name: look_up(name, f"registries.{name}.url") for name in registries}
    usual = _way(publish.registry, publish.staging, look_up, table="")
    ways = [
        (route, _way(route.registry, route.staging, look_up, f"publish.routes[{number}]"))
        for number, route in enumerate(publish.routes)
    ]
    raise_all(_without_repeats(problems))
    routes = tuple((route, _with_reason(route, way)) for route, way in ways if way is not None)
    if usual is None:
        msg = "what is not known is a problem"
        raise AssertionError(msg)
    own_registries = {name: registry for name, registry in by_name.items() if registry is not None}
    return Routes(usual, routes, by_hand, MappingProxyType({**BUILT_IN, **own_registries}))


def _senseless_routes(publish: PublishConfig) -> Iterator[tuple[str, str, str]]:
    """
    Yield what can never match, or leads to itself: the release would go another way.

    Each with the setting it is, what that says, and the reason.
    """
    if publish.staging == publish.registry:
        yield "publish.staging", publish.registry, "it is the registry itself"
    for number, route in enumerate(publish.routes):
        table = f"publish.routes[{number}]"
        if route.staging == route.registry:
            yield f"{table}.staging", route.registry, "it is the registry itself"
        for key, pattern in (("tag", route.tag), ("branch", route.branch)):
            if pattern is not None and (reason := _why_never(pattern)):
                yield f"{table}.{key}", pattern, reason


def _why_never(pattern: str) -> str:
    if not pattern or pattern != pattern.strip() or not pattern.isprintable():
        return "no name is empty, or has blanks or line breaks around it"
    if pattern.startswith("refs/"):
        return "names are without refs/heads/ and refs/tags/"
    if pattern.count("[") != pattern.count("]"):
        return "a bracket is not closed"
    return ""


def _way(
    registry: str, staging: str | None, look_up: Callable[[str, str], Registry | None], table: str
) -> Way | None:
    final = look_up(registry, f"{table}.registry" if table else "")
    stage = look_up(staging, f"{table or 'publish'}.staging") if staging else None
    return Way(final, stage if stage != final else None) if final else None


def _with_reason(route: Route, way: Way) -> Way:
    patterns = {"tags": route.tag, "branches": route.branch}
    parts = [f"{kind} like {pattern}" for kind, pattern in patterns.items() if pattern is not None]
    if route.prerelease is not None:
        parts.append("pre-releases" if route.prerelease else "final releases")
    reason = f"publish.routes: {' and '.join(parts) or 'all'} go to {way.registry.name}"
    return Way(way.registry, way.staging, reason)


def _without_repeats(problems: list[ReleasioError]) -> list[ReleasioError]:
    """Leave out what was said before: a table that two routes name is wrong once."""
    first: dict[str, ReleasioError] = {}
    for problem in problems:
        first.setdefault(f"{problem.code} {problem.message}", problem)
    return list(first.values())


def _matches(route: Route, tag: str, version: Version, branch: str | None, form: TagForm) -> bool:
    if route.prerelease not in {None, version.is_prerelease}:
        return False
    if route.branch is not None and not (branch and fnmatchcase(branch, route.branch)):
        return False
    if route.tag is None or fnmatchcase(tag, route.tag):
        return True
    pattern = route.tag
    return any(fnmatchcase(form.name(spelling), pattern) for spelling in _spellings(version))


def _spellings(version: Version) -> Iterator[str]:
    """Yield how people write the tag of a pre-release besides the normal form; PEP 440, B."""
    phase, number = version.pre or ("", 0)
    for first, second in product(_BREAKS, _BREAKS):
        tail = f"{first}dev{second}{version.dev}" if version.dev is not None else ""
        if phase:
            for word in _WORDS[phase]:
                yield f"{version.base_version}{first}{word}{second}{number}{tail}"
        elif tail:
            yield f"{version.base_version}{tail}"
