"""What a release's page on the forge tells: changes, people, how to install it, its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.config.reading.generations import EMOJI_TITLES
from releasio.frozen import frozen
from releasio.rules.changelog.group_titles import GroupTitles
from releasio.rules.index.registry import PYPI, TESTPYPI
from releasio.rules.notes.entry import Entries
from releasio.rules.notes.escape import escape
from releasio.rules.notes.listed import METADATA, without_excluded
from releasio.rules.notes.notes import render_groups
from releasio.rules.notes.people import unique
from releasio.text.command_line import quoted
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from releasio.config.tables.forge import GithubConfig
    from releasio.config.tables.model import ChangelogConfig
    from releasio.rules.commits.change import Change
    from releasio.rules.commits.commit import Commit
    from releasio.rules.contents.record import BuiltFile
    from releasio.rules.forge.links import Links
    from releasio.rules.index.registry import Registry
    from releasio.rules.notes.people import People, Person

NOTHING = "No notable changes."
_MOST_PEOPLE = 100  # that are named one by one
_KILO = 1000


@frozen
class ReleaseStory:
    """
    What there is to tell of a release.

    Attributes:
        project: The project's name.
        version: In PEP 440 normal form.
        tag: Its tag.
        previous: The tag before it; None: it is the first.
        changes: What the notes list, newest first.
        commits: All that the release has and *previous* has not, newest first.
        people: Tells who made them.
        section: Notes in somebody's own words, Markdown, that take the place of the changes;
            empty: there are none.
        links: The forge's pages; None: not known.
        earlier_authors: The addresses of all who contributed before; None: nobody is marked as
            a newcomer.
        registry: Where its files went; None: nowhere.
        files: What was built; None: that comes later.
    """

    project: str
    version: str
    tag: str
    previous: str | None
    changes: Sequence[Change]
    commits: Sequence[Commit]
    people: People
    section: str = ""
    links: Links | None = None
    earlier_authors: Collection[str] | None = None
    registry: Registry | None = None
    files: Sequence[BuiltFile] | None = None


def release_body(story: ReleaseStory, changelog: ChangelogConfig, settings: GithubConfig) -> str:
    """Return the Markdown of *story*; what is in it, *settings* say."""
    parts = [story.section.strip() or _changes(story, changelog, settings) or NOTHING]
    if settings.release_body_include_contributors:
        parts.append(_contributors(story, changelog))
    if settings.release_body_include_installation:
        parts.append(_installation(story))
    if settings.release_body_include_assets:
        parts.append(_files(story))
    parts.append(_full_changelog(story))
    return "\n\n".join(filter(None, parts)) + "\n"


def body_titles(changelog: ChangelogConfig, settings: GithubConfig) -> GroupTitles:
    """Return what groups are called: as the project calls them, else as 2.x did."""
    if settings.release_body_use_emojis:
        return GroupTitles(changelog.section_headers, {}, "emoji")
    own_titles = {
        kind: title
        for kind, title in changelog.section_headers.items()
        if EMOJI_TITLES.get(kind) != title
    }
    return GroupTitles(own_titles, {"breaking": "Breaking Changes"}, "plain")


def _changes(story: ReleaseStory, changelog: ChangelogConfig, settings: GithubConfig) -> str:
    """Return the groups, breaking changes first."""

    def credit(change: Change) -> str:
        if change.type == METADATA:  # no commit says it, so nobody is named for it
            return ""
        people = story.people.of(change.commit)
        return listed([person.named(story.links) for person in people])

    def nobody(_change: Change) -> str:
        return ""

    entries = Entries(
        changelog,
        links=story.links,
        marked=False,
        credit=credit if settings.release_body_show_authors else nobody,
    )
    changes = without_excluded(story.changes, changelog)
    return render_groups(changes, changelog, body_titles(changelog, settings), entries)


def _contributors(story: ReleaseStory, changelog: ChangelogConfig) -> str:
    everybody = (person for commit in story.commits for person in story.people.of(commit))
    people = [*unique(dict.fromkeys(everybody))]
    if not people:
        return ""
    people.sort(key=lambda person: (person.login or person.name).casefold())
    newcomers = _newcomers(people, story, changelog)
    lines = [
        f"- {person.named(story.links)}"
        f"{f' {changelog.first_contributor_badge}' if person in newcomers else ''}"
        for person in people[:_MOST_PEOPLE]
    ]
    more_count = len(people) - _MOST_PEOPLE
    if more_count > 0:
        lines.append(f"- and {more_count} more")
    return "### Contributors\n\n" + "\n".join(lines)


def _newcomers(
    people: Sequence[Person], story: ReleaseStory, changelog: ChangelogConfig
) -> Collection[Person]:
    if story.earlier_authors is None or not changelog.show_first_time_contributors:
        return ()
    earlier_addresses = {address.lower() for address in story.earlier_authors}
    return {person for person in people if person.email.lower() not in earlier_addresses}


def _installation(story: ReleaseStory) -> str:
    """Return how to install exactly this version, from the index that has it."""
    registry = story.registry
    if registry is None or registry.index is None:
        return ""
    requirement = quoted(f"{story.project}=={story.version}", windows=False)
    pip, uv = f"pip install {requirement}", f"uv add {requirement}"
    if registry == TESTPYPI:
        # what it needs is elsewhere, and what has the same name here may be anybody's
        options = f"--index-url {registry.index} --no-deps"
        pip, uv = (f"{tool} install {options} {requirement}" for tool in ("pip", "uv pip"))
    elif registry != PYPI:
        index = quoted(registry.index, windows=False)
        pip, uv = (
            f"pip install --index-url {index} {requirement}",
            f"uv add --index {index} {requirement}",
        )
    return f"### Installation\n\n```shell\n{pip}\n```\n\nor with uv:\n\n```shell\n{uv}\n```"


def _files(story: ReleaseStory) -> str:
    if story.files is None:
        return "### Assets\n\n_As they are built._" if story.registry else ""
    if not story.files:
        return ""
    rows = (
        f"| `{file.name}` | {_size(file.size)} | `{file.sha256}` |"
        for file in sorted(story.files, key=lambda file: file.name)
    )
    return "\n".join(("### Assets\n", "| File | Size | SHA-256 |", "| --- | ---: | --- |", *rows))


def _size(count: int) -> str:
    """Return *count* bytes in the unit that people know."""
    size, unit = float(count), "bytes"
    for larger in ("kB", "MB", "GB"):
        if size < _KILO:
            break
        size, unit = size / _KILO, larger
    return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"


def _full_changelog(story: ReleaseStory) -> str:
    if story.links is None or story.previous is None:
        return ""
    page = story.links.compare(story.previous, story.tag)
    ends = escape(f"{story.previous}...{story.tag}")
    return f"**Full Changelog**: [{ends}]({page})" if page else ""
