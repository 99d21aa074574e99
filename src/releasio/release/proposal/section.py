"""The changelog of a proposal, with what people changed in it; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen, replace
from releasio.release.changelog.file_name import changelog_of
from releasio.rules.changelog.markup.chosen import markup_of
from releasio.rules.changelog.markup.markdown_markup import MARKDOWN
from releasio.rules.notes.formats.section_notes import section_notes
from releasio.rules.proposal.weave import weave
from releasio.rules.proposal.whole_section import whole_section, with_whole_section

if TYPE_CHECKING:
    from releasio.release.facts import Facts
    from releasio.release.proposal.standing import ProposalStanding
    from releasio.release.release import Release


@frozen
class Sections:
    """
    The release with people's words in its changelog.

    Attributes:
        release: Its edits and notes have them.
        generated: The section without them; None: no section is written.
        shown: The notes as the branch has them, people's commits and all.
        remarks: Where people's words and ours met: sentences.
    """

    release: Release
    generated: str | None
    shown: str
    remarks: tuple[str, ...] = ()


def with_edited_section(facts: Facts, release: Release, standing: ProposalStanding) -> Sections:
    """
    Return *release* with the section as people left it in the release commit, brought up to date.

    What they changed in commits of their own is not looked at: these commits are kept.
    """
    path = release.package.path(changelog_of(release.package, facts.config.changelog))
    edit = next((edit for edit in release.edits if edit.path == path), None)
    after = edit.after.decode() if edit else ""
    markup = markup_of(path, after) or MARKDOWN
    generated = whole_section(after, release.version, markup) if edit else None
    edited = _edited(standing, path)
    if edit is None or generated is None or edited is None:
        return Sections(release, generated, release.notes)
    last = standing.record.section if standing.record else None
    if last is None:  # then its heading cannot be told from an older one
        edited = generated.partition("\n")[0] + "\n" + edited.partition("\n")[2]
    woven = weave(last, edited, generated)
    text = with_whole_section(after, release.version, woven.text, markup)
    notes = section_notes(text, release.version, facts.config.changelog, path)
    if notes is None:
        remark = f"{path}: the heading of {release.version} is gone from the pull request's section"
        return Sections(release, generated, release.notes, (f"{remark}: it is written anew",))
    edits = tuple(
        replace(other, after=text.encode()) if other is edit else other for other in release.edits
    )
    shown = _shown(text, edited, release, standing, facts, path)
    remarks = tuple(
        f"{path}: `{line}` was changed in the pull request, and stays as it is there"
        for line in woven.kept
    )
    return Sections(replace(release, edits=edits, notes=notes), generated, shown or notes, remarks)


def _shown(
    text: str, edited: str, release: Release, standing: ProposalStanding, facts: Facts, path: str
) -> str | None:
    """Return the notes of *text*, the changelog, with what commits of people change in it."""
    branch, markup = standing.branch, markup_of(path, text) or MARKDOWN
    version = branch.version or branch.prepared_version
    at_tip = whole_section(branch.changelog or "", version, markup) if version else None
    if at_tip is None and branch.prepared_version is not None:
        at_tip = whole_section(branch.changelog or "", branch.prepared_version, markup)
    section = whole_section(text, release.version, markup)
    if at_tip is None or section is None:
        return None
    woven = with_whole_section(text, release.version, weave(edited, at_tip, section).text, markup)
    return section_notes(woven, release.version, facts.config.changelog, path)


def _edited(standing: ProposalStanding, path: str) -> str | None:
    """Return the section that the release commit on the branch has; None: there is none."""
    branch = standing.branch
    content = branch.files.get(path)
    if standing.pull is None or branch.prepared_version is None or content is None:
        return None
    text = content.decode("utf-8", "replace")
    markup = markup_of(path, text) or MARKDOWN
    section = whole_section(text, branch.prepared_version, markup)
    if section is None and branch.version:
        section = whole_section(text, branch.version, markup)
    return section
