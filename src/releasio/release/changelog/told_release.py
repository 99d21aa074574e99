"""What the notes of one release tell, as text and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.frozen import frozen
from releasio.rules.notes.notes import group_changes, render_notes

if TYPE_CHECKING:
    from releasio.config.tables.model import Config
    from releasio.rules.changelog.group_titles import GroupTitles
    from releasio.rules.changelog.markup.markup import Markup
    from releasio.rules.commits.change import Change
    from releasio.rules.notes.templates.data import About
    from releasio.rules.notes.templates.source import Template

NOTHING = "No notable changes."


@frozen
class ToldRelease:
    """
    What is told of a release.

    Attributes:
        about: What it is called; without a version: it is not released.
        changes: What changed.
        titles: What the groups are called.
        range: `A..B`, where that was asked for.
    """

    about: About
    changes: tuple[Change, ...]
    titles: GroupTitles
    range: str = ""

    @property
    def title(self) -> str:
        """The heading, as Keep a Changelog has it."""
        about = self.about
        if not about.version:
            return self.range or "Unreleased"
        return f"[{about.version}] - {about.day}" if about.day else f"[{about.version}]"

    def text(self, config: Config, template: Template | None = None) -> str:
        """Return heading and notes, or what *template* makes of them, as Markdown."""
        if template is not None:
            from releasio.rules.notes.templates.data import section_values

            values = section_values(self.about, self.changes, config.changelog, self.titles)
            return template.render(values)
        return f"## {self.title}\n\n{self._notes(config) or NOTHING}\n"

    def text_as(self, config: Config, markup: Markup) -> str:
        """Return heading and notes in another format than Markdown."""
        from releasio.rules.changelog.markdown import Heading
        from releasio.rules.changelog.markup.markup import Layout

        top = Heading(1, "", 0, 0, "=")
        model = Heading(2, "", 0, 0, markup.default_mark)
        layout = Layout(model, (), (top, model), "", flat=False, newline="\n")
        heading = markup.heading(model, self.title.replace("[", "").replace("]", ""), "\n")
        return f"{heading}\n\n{markup.fitted(self._notes(config) or NOTHING, layout)}\n"

    def data(self, config: Config) -> dict[str, Any]:
        """Return it in the form that docs/reference/report.schema.json describes."""
        about = self.about
        groups = group_changes(self.changes, config.changelog, self.titles)
        return {
            "version": about.version or None,
            "tag": about.tag or None,
            "previous_tag": about.previous_tag or None,
            "range": self.range or None,
            "date": about.day.isoformat() if about.day else None,
            "notes": self._notes(config),
            "groups": [
                {"title": title, "entries": [*map(_entry, changes)]} for title, changes in groups
            ],
        }

    def _notes(self, config: Config) -> str:
        return render_notes(self.changes, config.changelog, titles=self.titles)


def _entry(change: Change) -> dict[str, Any]:
    return {
        "type": change.type,
        "scope": change.scope,
        "description": change.description,
        "breaking": change.breaking,
        "commit": change.commit.id,
        "author": change.commit.author,
        "pull_request": change.pull_request,
    }
