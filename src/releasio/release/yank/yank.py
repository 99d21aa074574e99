"""What is known of a release that is to be yanked, and what can be done about it from here."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.errors.index.release import NothingToYank
from releasio.frozen import frozen
from releasio.release.checking.announcement import announcement_of
from releasio.release.engine import probe
from releasio.release.plans.plan import Plan
from releasio.release.reading.forge.place import read_place
from releasio.release.reading.project.documents import folder_of
from releasio.release.yank.fix import next_release
from releasio.rules.changelog.changelog import format_of, marked_yanked
from releasio.rules.index.yank import YankState, yank_page, yank_state
from releasio.rules.notes.escape import plain
from releasio.rules.project.changelog_file import changelog_names
from releasio.rules.project.project_files import decode
from releasio.rules.running.plain_file import FILE
from releasio.steps.forge.mark_yanked import MarkYanked
from releasio.steps.prepare.edit import Edit
from releasio.world.plain_file import read_plain, what_is

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.config.reading.load import Settings
    from releasio.config.tables.model import ChangelogConfig
    from releasio.release.checking.announcement import Announcement
    from releasio.release.preview import Probed, Watcher
    from releasio.release.yank.fix import Fix
    from releasio.steps.step import Step
    from releasio.world.run import Run
    from releasio.world.world import World

_PATIENCE = 5.0  # seconds; who yanks is in a hurry, and the page is known without an answer


@frozen
class Yank:
    """
    A release that is to be yanked.

    Attributes:
        release: What its tag says.
        state: What the index shows of it; `None`: that is not known.
        trouble: Why it is not.
        page: Where people yank it; `None`: not known.
        reason: Why it is yanked, in one line; empty: nobody said.
        plan: What is done from here.
        remarks: What is not, and why.
        unmarked: The changelog, relative to the repository's root, where HEAD's has no mark yet;
            `None`: it has one, or can have none.
        fix: The release that comes next.
    """

    release: Announcement
    state: YankState | None
    trouble: ReleasioError | None
    page: str | None
    reason: str
    plan: Plan
    remarks: tuple[str, ...]
    unmarked: str | None
    fix: Fix


def read_yank(world: World, settings: Settings, version: str, reason: str) -> Yank:
    """
    Ask the index about *version*, and plan what can be done from here.

    An index that does not answer keeps nobody from the rest.

    Args:
        world: The repository, index and forge.
        settings: The settings in force.
        version: The version, or its tag.
        reason: What people say; empty: what the index says already.

    Raises:
        UnknownRelease: No tag names that version.
        GoesElsewhere: Its files went where these settings do not lead.
        NothingToYank: The index has no file of it.
    """
    release = announcement_of(world, settings, version)
    state, trouble = _ask(world, release)
    reason = plain(reason) or plain(state.reason if state else "")
    plan, remarks = _plan(world, settings, release, reason)
    page = yank_page(release.registry, release.project, release.version)
    unmarked = _unmarked(world, settings.config.changelog, plan, release)
    fix = next_release(world, settings)
    return Yank(release, state, trouble, page, reason, plan, remarks, unmarked, fix)


def probe_yank(world: World, yank: Yank) -> tuple[Probed, ...]:
    """Ask the world what is done already; changes nothing."""
    return probe(yank.plan, world)


def carry_out_yank(run: Run, yank: Yank, watcher: Watcher) -> None:
    """
    Mark changelog and forge release.

    Raises:
        AnotherRun: Another process is at it in this repository.
        ReleasioError: A step failed; what was done before stays done.
    """
    from releasio.release.engine import carry_out
    from releasio.release.journal import Journal
    from releasio.world.lock import exclusive

    world = run.world
    with exclusive(world.state / "lock"):
        journal = Journal(world.state / "journal.jsonl", world.clock)
        release = yank.release
        journal.write(release.tag, "", f"yank {release.project} {release.version}", "run")
        carry_out(yank.plan, run, journal, watcher)


def _ask(world: World, release: Announcement) -> tuple[YankState | None, ReleasioError | None]:
    index = world.index(release.registry)
    index.hurry(world.clock() + timedelta(seconds=_PATIENCE))
    try:
        files = index.files(release.project)
    except ReleasioError as error:
        return None, error
    if release.registry.index is None or index.is_closed:
        return None, None
    state = yank_state(files or (), release.project, release.version)
    if not state.files:
        raise NothingToYank(release.project, str(release.version), release.registry.name)
    return state, None


def _plan(
    world: World, settings: Settings, release: Announcement, reason: str
) -> tuple[Plan, tuple[str, ...]]:
    steps: list[Step] = []
    remarks: list[str] = []
    for part in (
        *_changelog(world, settings.config.changelog, release),
        *_forge(world, settings, release, reason),
    ):
        if isinstance(part, str):
            remarks.append(part)
        else:
            steps.append(part)
    return Plan("yank", (release.tag,), tuple(steps)), tuple(remarks)


def _changelog(
    world: World, settings: ChangelogConfig, release: Announcement
) -> Iterator[Step | str]:
    """Yield the edit of the changelog in the work tree, or why there is none."""
    if not settings.enabled:
        return
    folder = folder_of(world)
    paths = (f"{folder}/{name}" if folder else name for name in changelog_names(settings))
    path = next((path for path in paths if what_is(world.git.root / path) is not None), None)
    by_hand = f"mark {release.version} there yourself"
    if path is None:
        yield "there is no changelog to mark it in"
    elif what_is(world.git.root / path) != FILE:
        yield f"{path} is no file of its own: {by_hand}"
    else:
        try:
            before = read_plain(world.git.root / path)
            text = decode(before, path)
            after = marked_yanked(text, release.version, settings, format_of(path, text))
        except ReleasioError as error:
            yield f"{error}: {by_hand}"
            return
        if after is None:
            yield f"{path} has no section of {release.version} to mark"
        else:
            what = f"mark {release.version} as yanked"
            yield Edit(path, before, after.encode(), what, in_place=True)


def _unmarked(
    world: World, settings: ChangelogConfig, plan: Plan, release: Announcement
) -> str | None:
    """Return the changelog that is marked in the work tree at the most, and not in HEAD."""
    path = next((step.path for step in plan.steps if isinstance(step, Edit)), None)
    committed = world.git.objects.read_file("HEAD", path) if path else None
    if committed is None:
        return path
    text = committed.decode("utf-8", "replace")
    after = marked_yanked(text, release.version, settings, format_of(path or "", text))
    return None if after == text else path


def _forge(
    world: World, settings: Settings, release: Announcement, reason: str
) -> Iterator[Step | str]:
    github = settings.config.github
    try:
        place = read_place(world, github, world.git.remotes.chosen())
    except ReleasioError as error:
        yield str(error)
        return
    if place is not None and github.releases is not False:
        yield MarkYanked(place, release.tag, release.version, reason)
