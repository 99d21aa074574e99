"""A whole release, for real, in a throw-away clone against the embedded index and issuer."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Protocol

from releasio.errors.files.build import NothingToRehearse
from releasio.errors.git.push import ReleasedElsewhere
from releasio.errors.project.version import BehindRelease, VersionTaken
from releasio.frozen import frozen, replace
from releasio.rehearsal.forge import EXAMPLE, stand_in_for
from releasio.rehearsal.settings import credentials_for, settings_for
from releasio.rehearsal.stage import set_up, temporary_folder
from releasio.release.checking.installation import try_out
from releasio.release.preview import Watcher
from releasio.release.proposal.propose import propose
from releasio.release.reading.gather import gather
from releasio.release.stages import execute, preview_release
from releasio.rules.versions.version import Level, next_version
from releasio.standins.embedded import EmbeddedIndex
from releasio.standins.publishing.issuer import claims_of
from releasio.world.build.dist_folder import DistFolder, dist_folder_of
from releasio.world.build.installer import installer_for
from releasio.world.run import Run
from releasio.world.sigstore.attestor import missing
from releasio.world.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from packaging.version import Version

    from releasio.config.reading.load import Settings
    from releasio.config.tables.model import PublishConfig
    from releasio.rehearsal.forge import StandIn
    from releasio.rehearsal.pages import PullRequestPage, ReleasePage
    from releasio.rehearsal.stage import Stage
    from releasio.release.checking.installation import Trial
    from releasio.release.preview import Preview
    from releasio.release.release import Release
    from releasio.rules.bump.request import Request
    from releasio.rules.contents.record import Record
    from releasio.world.screen import Screen

WORKFLOW = "release.yml"


class Narrator(Watcher, Protocol):
    """Hears of each part of a rehearsal besides the steps of the release."""

    def part(self, title: str) -> None:
        """Hear that a part begins."""


@frozen
class Rehearsal:
    """
    What a rehearsal showed.

    Attributes:
        release: What was released, and why.
        record: The files that were built.
        trial: What was installed, imported and started afterwards.
        exchanged: Whether the credential came by trusted publishing.
        unsigned: Why the files were not signed; empty: they were.
        requests: How many requests the embedded index answered.
        page: What the forge shows of it; `None`: `github.releases` wants nothing there.
        pull_request: The release pull request; `None`: none was asked for.
        folder: Where everything lies, when it was asked to stay.
    """

    release: Release
    record: Record
    trial: Trial
    exchanged: bool
    unsigned: str
    requests: int
    page: ReleasePage | None
    pull_request: PullRequestPage | None
    folder: Path | None


def rehearse(
    path: Path | None,
    env: Mapping[str, str],
    screen: Screen,
    watcher: Narrator,
    request: Request,
    *,
    keep: bool = False,
    pull_request: bool = False,
    moment: Callable[[], datetime] | None = None,
) -> Rehearsal:
    """
    Rehearse the release of the project at *path*, or of the demo project.

    Args:
        path: Where it is; `None`: the demo project.
        env: The process environment.
        screen: Where children's output, notes and progress go.
        watcher: Hears how it goes on.
        request: What is asked for.
        keep: Leave the temporary directory.
        pull_request: Open a release pull request, too; so it is where the project releases by it.
        moment: What commit, tag and heading are dated with; `None`: the present.

    Raises:
        ReleasioError: Whatever the release itself would raise.
        InstallFailed: The released version cannot be installed.
        ImportFailed: It can, but not imported.
        ScriptFailed: A program of it breaks down.
    """
    with temporary_folder(keep=keep) as folder:
        stage = set_up(folder, path, env, screen)
        watcher.part(f"The stage: {folder}")
        with EmbeddedIndex() as index, stand_in_for(stage) as stand_in:
            screen.note(f"the embedded index is at {index.url}; it is not PyPI")
            scene = Scene(stage, index, stand_in, watcher, moment)
            finished_release = _release(scene, request, proposes=pull_request or stand_in.proposes)
            rehearsal = _install(stage, index, watcher, finished_release)
            return replace(rehearsal, folder=folder if keep else None)


@frozen
class Scene:
    """
    Where a release is rehearsed.

    Attributes:
        stage: The clone and its remote.
        index: The index.
        stand_in: The forge.
        watcher: Hears how it goes on.
        moment: What everything is dated with; `None`: the present.
    """

    stage: Stage
    index: EmbeddedIndex
    stand_in: StandIn
    watcher: Narrator
    moment: Callable[[], datetime] | None


@frozen
class FinishedRelease:
    """The release that was made, and the settings it was made with."""

    release: Release
    publish: PublishConfig
    page: ReleasePage | None
    pull_request: PullRequestPage | None


def _release(scene: Scene, request: Request, *, proposes: bool) -> FinishedRelease:
    """Run the three stages against the embedded index, with an identity of its issuer."""
    stage, index, stand_in = scene.stage, scene.index, scene.stand_in
    git = stage.git
    ref = f"refs/heads/{git.work_tree.branch()}"
    job = index.issuer.job(claims_of(EXAMPLE, WORKFLOW, ref, git.work_tree.head() or ""))
    settings = settings_for(stage, index, stand_in, git.work_tree.branch() or "main")
    world = World(
        git=git,
        project=stage.project,
        env={**stand_in.environment(stage.env), **credentials_for(settings.config, index, job)},
        screen=stage.screen,
        moment=scene.moment,
        acting=True,
    )
    with closing(world), Run(world) as run:
        request = replace(request, public_rules=True, finish=False)
        request, preview = _possible_request(world, settings, request, stage.screen)
        for package in preview.facts.packages:
            index.expect(package.manifest.name, repository=EXAMPLE, workflow=WORKFLOW)
        pull_request = _propose(scene, run, settings, request) if proposes else None
        scene.watcher.part("The release")
        preview = execute(run, settings, request, scene.watcher)
        if not preview.releases:
            raise NothingToRehearse(preview.reason)
        (release,) = preview.releases
        page = stand_in.release_page(world, release.tag)
    return FinishedRelease(release, settings.config.publish, page, pull_request)


def _propose(
    scene: Scene, run: Run, settings: Settings, request: Request
) -> PullRequestPage | None:
    """Open the release pull request that leads to the same release."""
    scene.watcher.part("The release pull request")
    proposal = propose(run, settings, request, scene.watcher)
    return scene.stand_in.pull_request_page(run.world, proposal.branch)


def _reason_unsigned(index: EmbeddedIndex, settings: PublishConfig) -> str:
    """Return why nothing was signed; empty: the index has verified every signature."""
    if any("attestations" in request.form for request in index.log):
        return ""
    if settings.attestations is False:
        return "publish.attestations = false asks for it"
    if settings.trusted_publishing is False:
        return "attestations go only with trusted publishing"
    if missing():
        return "the extra releasio[attestations] is not installed"
    return "the note beside the step that signs says why"


def _possible_request(
    world: World, settings: Settings, request: Request, screen: Screen
) -> tuple[Request, Preview]:
    """
    Return what can be rehearsed, and its preview.

    It is the version after all others where another branch, or another clone, has released
    what would come next.
    """
    try:
        request = _releasing_request(world, settings, request, screen)
        return request, preview_release(world, settings, request)
    except (BehindRelease, ReleasedElsewhere, VersionTaken) as error:
        if request.version is not None:
            raise
        free_version = _free_version(world, settings, request)
        screen.note(f"{error}. The real release stops there; {free_version} is rehearsed instead")
        request = request.of_version(free_version)
        return request, preview_release(world, settings, request)


def _releasing_request(
    world: World, settings: Settings, request: Request, screen: Screen
) -> Request:
    """Rehearse a patch release when there is nothing to release by itself."""
    offline_world = replace(world, offline=True)
    offline_preview = preview_release(offline_world, settings, request)
    if offline_preview.releases or request.explicit:
        return request
    screen.note(f"nothing to release ({offline_preview.reason}), so a patch release is rehearsed")
    return replace(request, bump=Level.PATCH)


def _free_version(world: World, settings: Settings, request: Request) -> Version:
    """Return the patch version after all that are tagged, on whichever branch."""
    package = gather(world, settings, request).package()
    tagged_versions = [
        version for tag in package.tags if (version := package.tag_form.version(tag))
    ]
    return next_version(max([package.manifest.version, *tagged_versions]), Level.PATCH)


def _install(
    stage: Stage, index: EmbeddedIndex, watcher: Narrator, finished_release: FinishedRelease
) -> Rehearsal:
    """Install from the embedded index as a user would, and import what is there."""
    env, screen, release = stage.env, stage.screen, finished_release.release
    name = release.package.manifest.name
    kept_files = DistFolder(dist_folder_of(stage.git.directory / "releasio", release.tag))
    record = kept_files.record()
    # what an sdist's build requires is not on the embedded index; the hash says that it is ours
    requirements = [f"{name} @ {index.link(name, file.name)}" for file in record.files]
    has_wheel = any(file.name.endswith(".whl") for file in record.files)
    url = index.simple_url if has_wheel else None
    installer = installer_for(env, index_url=url)
    watcher.part(f"The installation: {installer} install {name}=={release.version}")
    trial = try_out(
        name,
        str(release.version),
        folder=stage.folder,
        index_url=url,
        env=env,
        screen=screen,
        links=requirements,
    )
    return Rehearsal(
        release=release,
        record=record,
        trial=trial,
        exchanged=finished_release.publish.trusted_publishing is not False,
        unsigned=_reason_unsigned(index, finished_release.publish),
        requests=len(index.log),
        page=finished_release.page,
        pull_request=finished_release.pull_request,
        folder=None,
    )
