"""What a release pull request says; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.release.changelog.file_name import changelog_of
from releasio.release.plans.deliveries import uploads
from releasio.rules.changes.effect import api_summary
from releasio.rules.notes.escape import escape
from releasio.rules.proposal.description import Description, render
from releasio.text.listing import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from releasio.release.proposal.choice import Proposed
    from releasio.release.proposal.standing import ProposalStanding

NO_CI = (
    "**No CI runs on this pull request by itself**: it was made with the job's own token, and what "
    "that does starts no workflow. Close it and open it again to start them, push a commit to its "
    "branch, or give releasio the token of a GitHub App or of a person (`github-token`)."
)


@frozen
class Known:
    """
    What is known of the package beside its commits.

    Attributes:
        last_files: Names of the last release's files on the index; None: not known.
        came: Files of the import package that the last release does not have.
        went: Those that it has, and this one does not.
    """

    last_files: tuple[str, ...] | None = None
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()


def body_of(
    proposed: Proposed,
    standing: ProposalStanding,
    notes: str,
    known: Known,
) -> str:
    """
    Return the description, as it is generated.

    Args:
        proposed: What is proposed.
        standing: Where the pull request stands.
        notes: The section of the changelog, as the branch has it.
        known: What is known of the package.
    """
    facts, release = proposed.facts, proposed.release
    settings = facts.config.changelog
    is_written = any(
        edit.path == release.package.path(changelog_of(release.package, settings))
        for edit in release.edits
    )
    return render(
        Description(
            headline=release.headline,
            reasons=release.reasons,
            section=notes,
            changelog=changelog_of(release.package, settings) if is_written else "",
            after_merge=tuple(_after_merge(proposed, known)),
            remarks=(*proposed.remarks, *_api(proposed), *release.remarks),
            warning=NO_CI if _is_quiet(standing) else "",
        )
    )


def _is_quiet(standing: ProposalStanding) -> bool:
    """Whether what the token does starts no workflow."""
    place = standing.place
    return standing.asked_as == "job" and place is not None and place.kind != "gitlab"


def _after_merge(proposed: Proposed, known: Known) -> Iterator[str]:
    facts, release = proposed.facts, proposed.release
    name, tag = release.package.manifest.name, release.tag
    yield f"`releasio release` tags the merged commit as `{tag}`, and builds and checks it"
    if uploads(facts):
        registries = " and then ".join(registry.name for registry in release.way.registries)
        yield f"sdist and wheels of {escape(f'{name} {release.version}')} go to {registries}"
        last = release.package.last
        if known.last_files and last:
            files = _listed(known.last_files)
            count = len(known.last_files)
            yield f"{last.version}, the last release, has {count} files there: {files}"
        elif known.last_files is not None:
            yield f"{release.way.registry.name} has no files of an earlier release"
    else:
        yield "nothing is uploaded from this branch"
    if known.came:
        yield f"new in the package: {_listed(known.came)}"
    if known.went:
        yield f"gone from the package: {_listed(known.went)}"


def _listed(paths: Sequence[str]) -> str:
    """Return *paths* as code, of many the first; a name with a back quote is only escaped."""
    return shortened([escape(path) if "`" in path else f"`{path}`" for path in paths], 6)


def _api(proposed: Proposed) -> Iterator[str]:
    """Say what the comparison of the public API found, where it is on."""
    facts, release = proposed.facts, proposed.release
    if facts.config.changes.api == "off" or release.package.last is None:
        return
    breaks = api_summary(release.package.told_by(release.version).reading.effects)
    if breaks:
        yield f"the public API breaks: {breaks}"
    else:
        yield f"no break of the public API since {release.package.last.name} was found"
