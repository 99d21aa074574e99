"""Facts -> what is to be done: one decision, as one of a closed set of answers; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import Problems, ReleasioError
from releasio.errors.project.version import VersionTaken
from releasio.frozen import frozen
from releasio.release.objections import (
    explained,
    objections,
    pull_request,
    tag_of_nothing,
)
from releasio.release.proposal.prepared import is_prepared, prepared_release, why_prepared
from releasio.release.release import (
    Nothing,
    Release,
    as_prepared,
    choose,
    new_release,
    resume,
)
from releasio.rules.versions.version import is_floating

if TYPE_CHECKING:
    from releasio.release.facts import Facts, PackageFacts, ReleaseTag
    from releasio.release.standing import AheadTag, Unfinished


@frozen
class Elsewhere:
    """Another run released this very version of this very commit, and finished it."""

    by: AheadTag


@frozen
class Behind:
    """A release was made on top of HEAD; what comes next depends on it."""

    by: AheadTag


@frozen
class Refused:
    """
    Nothing is released from this state.

    Attributes:
        problems: Everything that is wrong.
        releases: What would be released without them, where that is known.
    """

    problems: tuple[ReleasioError, ...]
    releases: tuple[Release, ...] = ()


@frozen
class Releases:
    """What is released together; each is new, prepared, or to be finished, as its kind says."""

    releases: tuple[Release, ...]


Decision = Releases | Elsewhere | Behind | Nothing | Refused
_OfPackage = Release | Elsewhere | Behind | Nothing | Refused


def decide(facts: Facts) -> Decision:
    """
    Decide by the state of the project what is released now.

    Of several packages all are released that something is to be released of; one that must not
    be released stops the others.
    """
    if error := tag_of_nothing(facts):
        return Refused((error,))
    decisions = [_decide(facts, package) for package in facts.packages]
    releases = tuple(decision for decision in decisions if isinstance(decision, Release))
    refusals = [decision for decision in decisions if isinstance(decision, Refused)]
    if refusals:
        releases += tuple(release for refusal in refusals for release in refusal.releases)
        problems = tuple(problem for refusal in refusals for problem in refusal.problems)
        return Refused(problems, releases)
    for decision in decisions:
        if isinstance(decision, Behind):
            return decision
    if releases:
        return Releases(releases)
    for decision in decisions:
        if isinstance(decision, Elsewhere):
            return decision
    reasons = [decision.reason for decision in decisions if isinstance(decision, Nothing)]
    return Nothing("; ".join(reasons))


def _decide(facts: Facts, package: PackageFacts) -> _OfPackage:
    """
    Decide about one package.

    The first that applies: a public release is finished; a tag of HEAD contradicts
    pyproject.toml; a tag is here that nobody else knows; a version is prepared; pull requests
    prepare versions, and none did; the commits, or the command line, ask for a new version.
    """
    try:
        decision = _decided(facts, package)
    except ReleasioError as error:  # a rule's refusal: a version that cannot be, a file that lacks
        problems = error.problems if isinstance(error, Problems) else (explained(facts, error),)
        by_pull_request = pull_request(facts)  # explains what else a proposal's commit lacks
        return Refused((by_pull_request,) if by_pull_request else problems)
    if isinstance(decision, Nothing) and package.trouble is not None:
        return Refused((package.trouble,))  # there may be something to finish, and a run would ask
    if isinstance(decision, Release) and (problems := objections(facts, decision)):
        return Refused(problems, (decision,))
    return decision


def _decided(facts: Facts, package: PackageFacts) -> _OfPackage:
    if package.unfinished is not None and _is_requested(facts, package.unfinished):
        return resume(facts, package, package.unfinished)
    if (tag := package.head_tag) and not facts.request.explicit:
        tag_decision = _of_head_tag(facts, package, tag)
        if tag_decision is not None:
            return tag_decision
    if package.unpushed is not None:
        return _of_unpushed(facts, package, package.unpushed)
    if is_prepared(facts, package):
        return prepared_release(facts, package)
    if facts.config.mode == "pull-request" and not facts.request.explicit:
        return _awaited(facts, package)
    return _by_commits(facts, package)


def _is_requested(facts: Facts, unfinished: Unfinished) -> bool:
    """Whether *unfinished* is what the request, made once more, is about: it comes first then."""
    request, version = facts.request, unfinished.version
    if request.version is not None:
        return request.version == version
    if not request.explicit:
        return True
    if unfinished.commit != facts.repository.head:  # there may be something new to release
        return False
    if request.dev or request.phase == "dev":
        return version.is_devrelease
    return (version.pre[0] if version.pre else None) == request.phase


def _of_head_tag(facts: Facts, package: PackageFacts, tag: ReleaseTag) -> _OfPackage | None:
    """Decide by a tag of HEAD that says another version than pyproject.toml; `None`: no such."""
    manifest, repository = package.manifest, facts.repository
    if tag.version == manifest.version or is_floating(tag.version, manifest.version):
        return None
    if package.unpushed is not None and package.unpushed.name == tag.name:
        return None  # said with what follows from that
    if tag.version.is_devrelease:
        # it is released by itself: from a branch, the next version is
        was_asked = repository.public is not None
        state = (
            "every file of it is where it goes" if was_asked else "whether it is there is not known"
        )
        return None if repository.branch else Nothing(f"HEAD is {tag.name}, and {state}")
    is_public = repository.public is None or tag.name in repository.public.tags
    remote = repository.remote.name if repository.remote and is_public else None
    from releasio.errors.git.tag import TagDisagrees

    raise TagDisagrees(
        tag.name,
        str(tag.version),
        path=manifest.version_path,
        says=str(manifest.version),
        public=remote,
    )


def _of_unpushed(facts: Facts, package: PackageFacts, tag: ReleaseTag) -> _OfPackage:
    """Decide about a tag that this clone alone has: it is pushed, or it is nobody's release."""
    remote = facts.repository.remote.name if facts.repository.remote else ""
    manifest = package.manifest
    if tag.version != manifest.version:
        from releasio.errors.git.tag import TagOfNobody

        raise TagOfNobody(
            tag.name, remote, manifest=manifest.version_path, says=str(manifest.version)
        )
    reason = f"{tag.name} is in this clone only, and not released: it is pushed and published"
    prepared = package.prepared
    return as_prepared(
        facts,
        package,
        package.unpushed_commit,
        (reason,),
        tag=tag.name,
        notes=prepared.section if prepared else "",
    )


def _awaited(facts: Facts, package: PackageFacts) -> _OfPackage:
    """Return a first release that somebody prepared to the last line; else say what is awaited."""
    is_first = package.last is None and not package.manifest.is_from_tags
    first_release = _by_commits(facts, package) if is_first else None
    if isinstance(first_release, Release) and not first_release.edits:
        prepared = package.prepared
        commit = prepared.commit if prepared and prepared.commit else facts.repository.head
        notes = prepared.section if prepared else ""
        return as_prepared(facts, package, commit, why_prepared(package), notes=notes)
    last = f"{package.last.version} is the last release" if package.last else "nothing was released"
    return Nothing(
        f'{last}, and mode = "pull-request" waits for a merged release pull request, which '
        "`releasio release-pr` opens"
    )


def _by_commits(facts: Facts, package: PackageFacts) -> _OfPackage:
    """Release what the commits or the command line ask for, unless a release is ahead."""
    choice = choose(facts, package)
    version, ahead = choice.version, package.ahead
    if version is None:
        return Nothing(choice.summary)
    if ahead_tag := next((tag for tag in ahead if tag.version == version), None):
        return _of_ahead_tag(facts, package, ahead_tag)
    if ahead_tag := next((tag for tag in ahead if tag.on_branch), None):
        return Behind(ahead_tag)
    if choice.is_taken:
        raise VersionTaken(str(version))
    return new_release(facts, package, choice, version)


def _of_ahead_tag(facts: Facts, package: PackageFacts, ahead_tag: AheadTag) -> _OfPackage:
    if ahead_tag.on_branch and facts.repository.head in ahead_tag.parents:
        if ahead_tag.unfinished is None:
            return Elsewhere(ahead_tag)
        return resume(facts, package, ahead_tag.unfinished)
    # anybody may push a tag alone, and other branches have their own
    if ahead_tag.on_branch is False:
        raise VersionTaken(str(ahead_tag.version))
    return Behind(ahead_tag)
