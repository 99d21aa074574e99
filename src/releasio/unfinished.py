"""A release whose tag is public and of which something is left: what a run finishes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio import journal
from releasio.errors.base import ReleasioError
from releasio.errors.registry import GoesElsewhere
from releasio.facts import Unfinished
from releasio.missing_files import has_all, lacks, was_cut_short
from releasio.rules.channel import publishes
from releasio.rules.going_on import command_after
from releasio.rules.ledger import files_of_tag, other_project, registry_of_tag
from releasio.steps.upload import UPLOAD_MARK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packaging.version import Version

    from releasio.config.model import Config
    from releasio.facts import Facts, Remote
    from releasio.rules.manifest import Manifest
    from releasio.rules.registry import Registry
    from releasio.rules.routes import Routes
    from releasio.rules.simple import IndexFile
    from releasio.rules.tag_form import TagForm
    from releasio.world.world import World


def find_unfinished(
    world: World,
    config: Config,
    routes: Routes,
    remote: Remote | None,
    manifest: Manifest,
    tags: Sequence[str],
    form: TagForm,
    *,
    acting: bool,
) -> Unfinished | None:
    """
    Return the release to be finished, if there is one.

    A preview (not *acting*) that gets no answer says so and goes on without.

    Raises:
        ReleasioError: Remote or index did not answer, or not what they should.
    """
    if world.offline or remote is None:
        return None
    try:
        found = _not_landed(world, remote, form)
        if found is None and publishes(config, world.git.branch()):
            found = _not_uploaded(world, routes, remote, manifest, tags, form)
    except ReleasioError as error:
        if acting:
            raise
        world.screen.note(f"{error}; whether an earlier release is unfinished is not known")
        return None
    if found is None:
        _recall(world)
    return found if found is None or _is_ours(world, found, manifest.name) else None


def _is_ours(world: World, left: Unfinished, name: str) -> bool:
    """Whether what *left* names are files of the project called *name*; if not, say so."""
    whose = other_project(left.files, name)
    if whose is not None:
        world.screen.note(
            f"{left.tag} names files of {whose}, and the project is called {name} now: nothing of "
            f"{left.tag} is uploaded any more. What comes next has a version of its own: "
            f"{command_after(str(left.version))}"
        )
    return whose is None


def _not_landed(world: World, remote: Remote, form: TagForm) -> Unfinished | None:
    """A run that was killed after its push left its commit under a private ref."""
    git = world.git
    for ref, commit in git.refs("refs/releasio/").items():
        tag, _, kind = ref.removeprefix("refs/releasio/").rpartition("/")
        version = form.version(tag)
        if kind != "commit" or version is None:
            continue
        there = git.ls_remote(remote, f"refs/tags/{tag}", f"refs/tags/{tag}^{{}}")
        if commit in there.values():
            # a landing that was cut short has named the tag before it lets go of its own
            message = git.message_behind(f"refs/releasio/{tag}/tag") or git.tag_message(tag)
            return _named_by(message, tag, version, commit)
    return None


def _not_uploaded(
    world: World,
    routes: Routes,
    remote: Remote,
    manifest: Manifest,
    tags: Sequence[str],
    form: TagForm,
) -> Unfinished | None:
    """A tag of which the index does not have all files."""
    tag = next((tag for tag in tags if form.version(tag) == manifest.version), None)
    commit = world.git.peel(f"refs/tags/{tag}") if tag else None
    # what HEAD does not descend from was never on the branch: whoever may push a tag made it
    if tag is None or commit is None or not world.git.is_ancestor(commit, "HEAD"):
        return None
    left = _named_by(world.git.tag_message(tag), tag, manifest.version, commit)
    way = routes.again(routes.of(tag, left.version, world.git.branch(), form), left.to)
    if way is None:
        error = GoesElsewhere(tag, left.to)
        world.screen.note(f"{error}; whether it is finished is not known. {error.hint}")
        return None
    if not left.files:
        return left if _is_for_us(world, remote, way.registry, manifest.name, left) else None
    return left if lacks(world, way.registry, manifest.name, left, tags, form) else None


def _is_for_us(
    world: World, remote: Remote, registry: Registry, name: str, left: Unfinished
) -> bool:
    """
    Whether *left*, a tag that somebody made by hand, is what this run is to publish.

    So it is where the tag itself is checked out, as in a job that its push started, and
    the index has nothing of the version, or a part of it: what a build makes is an sdist
    and a wheel. Whether more than these belongs to it, nobody says.
    """
    git = world.git
    if git.branch() is not None or git.head() != left.commit:
        return False
    if not git.ls_remote(remote, f"refs/tags/{left.tag}"):
        return False
    there = world.index(registry).files(name, str(left.version)) or ()
    if _is_a_part(there) or (there and was_cut_short(world, registry, left.tag)):
        return True
    if there:
        world.screen.note(
            f"{registry.name} has {len(there)} files of {left.version}; {left.tag} does not say "
            "which there should be: `releasio build -x` and `releasio publish -x` compare them"
        )
    return not there


def _is_a_part(there: Sequence[IndexFile]) -> bool:
    """Whether there are wheels and no sdist, or the other way round."""
    return len({file.name.endswith(".whl") for file in there}) == 1


def _named_by(message: str, tag: str, version: Version, commit: str) -> Unfinished:
    """Return the release of which the tag's *message* tells."""
    return Unfinished(tag, version, commit, files_of_tag(message), registry_of_tag(message))


def left_of(world: World, facts: Facts, tag: str) -> Unfinished | None:
    """
    Return what is left of a release that another run began, or `None` if nothing is.

    Args:
        world: Remote and index are asked.
        facts: What was found here.
        tag: A tag on the remote.

    Raises:
        ReleasioError: Remote or index did not answer, or not what they should.
    """
    if world.offline:
        world.screen.note(f"whether {tag} is finished is not known: the index was not asked")
        return None
    left = announced(world, facts, tag)
    if left is None or not on_branch(world, facts, left.commit):
        return None
    return left if _is_left(world, facts, left) else None


def on_branch(world: World, facts: Facts, commit: str) -> bool:
    """
    Whether *commit* is on the branch of the remote, as all that a run of ours pushed is.

    A tag alone may be pushed by people who may not push to the branch; what it
    names is not built and uploaded. Offline nobody can be asked, and nothing is uploaded.
    """
    remote, branch = facts.repository.remote, facts.repository.branch
    if world.offline or remote is None or branch is None:
        return world.offline
    return world.git.branch_has(remote, branch, commit)


def announced(world: World, facts: Facts, tag: str) -> Unfinished | None:
    """
    Return the release that *tag* on the remote announces, with the files it names.

    Raises:
        ReleasioError: The remote did not answer, or not what it should.
    """
    remote, form = facts.repository.remote, facts.packages[0].tag_form
    version = form.version(tag)
    if world.offline or remote is None or version is None:
        return None
    there = world.git.ls_remote(remote, f"refs/tags/{tag}", f"refs/tags/{tag}^{{}}")
    made = there.get(f"refs/tags/{tag}")
    if made is None:
        return None
    world.git.fetch(remote, f"refs/tags/{tag}")
    commit = there.get(f"refs/tags/{tag}^{{}}", made)
    return _named_by(world.git.tag_object_message(made), tag, version, commit)


def is_there(world: World, facts: Facts, left: Unfinished) -> bool:
    """
    Whether the index has every file that *left* names, by hash.

    Raises:
        ReleasioError: The index did not answer, or not what it should.
    """
    name = facts.packages[0].manifest.name
    registry = facts.way_of(left).registry
    index = world.index(registry)
    found = index.files(name, str(left.version)) or ()
    return bool(left.files) and has_all(index, found, left)


def _is_left(world: World, facts: Facts, left: Unfinished) -> bool:
    """
    Whether the index lacks files that *left* names; if that cannot be told, it is said.

    Raises:
        ReleasioError: The index did not answer, or not what it should.
    """
    if not publishes(facts.config, facts.repository.branch):
        return False
    package = facts.packages[0]
    if not _is_ours(world, left, package.manifest.name):
        return False
    name, form = package.manifest.name, package.tag_form
    registry = facts.way_of(left).registry
    return lacks(world, registry, name, left, package.tags, form)


def _recall(world: World) -> None:
    """
    Say that the last upload from this clone ended in the middle, if the journal does.

    It is all there is to go by for a tag that does not name its files; what the other
    tags name is compared with the index.
    """
    entries = list(journal.read(world.state / "journal.jsonl"))
    last = next((one for one in reversed(entries) if one.mark.startswith(UPLOAD_MARK)), None)
    if last is None or last.event not in {"begin", "fail"}:
        return
    if not files_of_tag(world.git.tag_message(last.tag)):
        world.screen.note(
            f"an upload of {last.tag} was begun here and did not come to its end: `releasio "
            "publish` with the same files finishes it"
        )
