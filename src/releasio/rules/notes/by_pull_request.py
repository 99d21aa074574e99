"""Changes as pull requests tell them: one for each, by its title and its labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.commits.change import Change
from releasio.rules.commits.left_out import A_MERGE, SPOKEN_FOR
from releasio.rules.commits.message import NO_PARSER
from releasio.rules.commits.reading import read_changes
from releasio.rules.conventions.conventional import NOT_CONVENTIONAL
from releasio.rules.conventions.pull_requests import split_reference
from releasio.rules.notes.by_origin import reference_to
from releasio.rules.notes.listed import UNSAID
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from releasio.config.tables.model import CommitsConfig
    from releasio.rules.commits.commit import Commit
    from releasio.rules.commits.reading import Reading
    from releasio.rules.forge.links import Links
    from releasio.rules.forge.pull_request import CommitOrigin

# labels in use, by what they say of a change; in lower case, without what stands before a colon
_LABELS = {
    "feat": ("feat", "feature", "enhancement", "new feature", "feature request", "improvement"),
    "fix": ("fix", "bug", "bugfix", "bug fix", "regression", "defect"),
    "perf": ("perf", "performance", "optimization"),
    "security": ("security", "vulnerability"),
    "deprecate": ("deprecation", "deprecated", "deprecate"),
    "docs": ("docs", "doc", "documentation"),
    "refactor": ("refactor", "refactoring", "cleanup"),
    "test": ("test", "tests", "testing"),
    "ci": ("ci", "github actions", "github_actions"),
    "build": ("build", "packaging", "dependencies"),
    "chore": ("chore", "maintenance", "internal", "housekeeping"),
}
_TYPE_OF = {label: type_ for type_, labels in _LABELS.items() for label in labels}
_BREAKING = frozenset({"breaking", "breaking change", "breaking changes", "semver major", "major"})
_LEFT_OUT = frozenset(
    {
        *("skip changelog", "no changelog", "ignore for release", "skip release notes"),
        *("no release notes", "exclude from changelog"),
    }
)
_UNREAD = (NOT_CONVENTIONAL, NO_PARSER, A_MERGE, SPOKEN_FOR)  # a title may say what they do not
_BEFORE = pattern(r"^(?:[\w ]{1,20}[:/]\s*|[a-z]-(?=\w))")


@frozen
class _PullRequest:
    """A pull request, the newest of its commits, and what these say."""

    origin: CommitOrigin
    commit: Commit
    changes: list[Change]


def by_pull_request(
    reading: Reading,
    origins: Mapping[str, CommitOrigin],
    settings: CommitsConfig,
    links: Links | None,
) -> list[Change]:
    """
    Return the changes of *reading*, those of each pull request as one, worded by its title.

    Its type is what the title says as a conventional commit, else what a label says, else that of
    its commits. It breaks what any of them breaks. Labels such as `skip-changelog` leave it out.
    What came without a pull request stays as its commits say it.
    """
    changes_by_commit: dict[str, list[Change]] = {}
    for change in reading.changes:
        changes_by_commit.setdefault(change.commit.id, []).append(change)
    unread = {commit.id for commit, reason in reading.left_out if reason.startswith(_UNREAD)}
    pull_requests: dict[int, _PullRequest] = {}
    entries: list[Change | _PullRequest] = []
    for commit in reading.commits:
        changes, origin = changes_by_commit.get(commit.id, []), origins.get(commit.id)
        if origin is None or origin.number is None or not origin.title:
            entries += changes
        elif changes or commit.id in unread:
            if origin.number not in pull_requests:
                pull_requests[origin.number] = _PullRequest(origin, commit, [])
                entries.append(pull_requests[origin.number])
            pull_requests[origin.number].changes.extend(changes)
    told: list[Change] = []
    for entry in entries:
        told += [entry] if isinstance(entry, Change) else _told(entry, settings, links)
    return told


def _told(
    pull_request: _PullRequest, settings: CommitsConfig, links: Links | None
) -> Iterator[Change]:
    """Yield what a pull request tells: one change, or none where a label says so."""
    origin, changes = pull_request.origin, pull_request.changes
    labels = {_BEFORE.sub("", label.lower()).replace("-", " ") for label in origin.labels}
    whole_labels = {label.lower().replace("-", " ") for label in origin.labels}
    if (labels | whole_labels) & _LEFT_OUT:
        return
    commit, number = pull_request.commit, origin.number or 0
    title = read_changes([commit._replace(message=origin.title)], settings).changes
    own = title[0] if title else next(iter(changes), None)
    type_ = own.type if own and title else ""
    type_ = type_ or next((type_ for label, type_ in _TYPE_OF.items() if label in labels), "")
    words = title[0].description if title else origin.title
    yield Change(
        commit,
        type_ or (own.type if own else UNSAID),
        own.scope if own else None,
        split_reference(words)[0],
        breaking=any(change.breaking for change in (*title, *changes)) or bool(labels & _BREAKING),
        breaking_notes=tuple(
            dict.fromkeys(note for change in changes for note in change.breaking_notes)
        ),
        group=own.group if own else None,
        reference=reference_to(number, links),
    )
