"""Where releases go by the settings in force, and which versions are there already."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.rules.bump.channel import makes_prereleases, publishes
from releasio.rules.index.routes import read_routes

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from packaging.version import Version

    from releasio.config.reading.load import Settings
    from releasio.config.tables.model import Config
    from releasio.release.reading.package_at_head import PackageAtHead
    from releasio.rules.index.routes import Routes
    from releasio.world.world import World

# it takes 0.1 s to import
_CLIENT = (
    "releasio.world.http.client",
    "httpcore",  # what httpx sends with, and imports when a client is made
    "releasio.world.index.index",
    "releasio.auth.chain",
    "encodings.idna",
)
_CHECKS = ("releasio.release.reading.given_files", "releasio.world.build.description")
_TWINE = ("releasio.world.build.twine_opinion", "twine.package")


def load_client(
    world: World, config: Config, *, given: bool = False
) -> AbstractContextManager[object]:
    """
    Import what talks to an index, if one will be asked, while somebody waits for git.

    Where files are *given*, what looks at them is imported, too.
    """
    names = () if world.offline or not config.publish.enabled else _CLIENT
    if given:
        strict = _TWINE if config.publish.validate_before_publish else ()
        names = (*names, *_CHECKS, *strict)
    if not names:
        return nullcontext()
    from releasio.world.processes.ahead import Ahead

    return Ahead(*names)


def routes_of(settings: Settings) -> Routes:
    """
    Return where releases go by these *settings*.

    Raises:
        Problems: Registries that are named in them and are none.
    """
    config = settings.config
    by_hand = "publish.registry" in settings.by_hand
    return read_routes(config.publish, config.registries, by_hand=by_hand)


def read_on_index(package: PackageAtHead, *, acting: bool) -> frozenset[Version]:
    """
    Return the versions of the project on the index that a pre-release would go to.

    An index is asked only where a pre-release numbers itself: any other version is looked up
    before it is uploaded. A preview (not *acting*) that gets no answer says so and goes on.

    Raises:
        ReleasioError: The index did not answer, or not what it should.
    """
    if not _is_asked(package):
        return frozenset()
    try:
        return _versions(package)
    except ReleasioError as error:
        if acting:
            raise
        note = f"{error}; which pre-releases there are is known from the tags alone"
        package.world.screen.note(note)
        return frozenset()


def _is_asked(package: PackageAtHead) -> bool:
    request, config, branch = package.request, package.config, package.branch
    names_number = request.version or request.dev or request.post
    if names_number or not makes_prereleases(config, branch, request):
        return False
    uploads = request.publish and publishes(config, branch) and not package.world.offline
    return uploads and config.publish.check_existing_version


def _versions(package: PackageAtHead) -> frozenset[Version]:
    from packaging.version import Version

    from releasio.rules.index.simple import versions_of

    # which number it will have is the same to the routes
    example = Version(f"{package.manifest.version.base_version}a1")
    tag = package.form.name(example)
    way = package.routes.of(tag, example, package.branch, package.form)
    files = package.world.index(way.registry).files(package.manifest.name) or ()
    return frozenset(versions_of(files, package.manifest.name))
