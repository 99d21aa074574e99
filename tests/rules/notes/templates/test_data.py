"""What templates have of a release."""

from __future__ import annotations

from datetime import date

import pytest

from releasio.config.tables.model import ChangelogConfig
from releasio.errors.project.manifest import NotUtf8
from releasio.errors.project.template import TemplateNotFound
from releasio.rules.changelog.group_titles import group_titles
from releasio.rules.commits.change import Change
from releasio.rules.commits.commit import Commit
from releasio.rules.forge.links import Links
from releasio.rules.notes.templates.data import About, section_values
from releasio.rules.notes.templates.source import template_of

SETTINGS = ChangelogConfig()
LINKS = Links("github", "https://github.com/ada/demo")
ABOUT = About("demo", "1.2.0", "v1.2.0", date(2026, 11, 29), "v1.1.0", LINKS)
TEMPLATE = """\
{{ project }} {{ version }} {{ tag }} {{ date }} {{ previous_tag }}
{{ compare_url }} {{ tag_url }}
{% for group in groups %}
### {{ group.title }}
{% for entry in group.entries %}
- {{ entry.scope }} {{ entry.description }} {{ entry.reference }} {{ entry.short_hash }}
{% endfor %}
{% endfor %}
{{ authors|join(', ') }}, {{ pull_requests|join(' ') }}, {{ entries|length }}
"""


def commit(subject: str) -> Commit:
    return Commit("c0ffee0" + "0" * 33, (), "Ada", "ada@example.org", 1, subject)


def values(*changes: Change) -> dict[str, object]:
    return dict(section_values(ABOUT, changes, SETTINGS, group_titles(None, SETTINGS)))


def render(value: str, shown: dict[str, object]) -> str:
    return template_of("changelog.section_template", value, {"t.j2": b"x"}.get).render(shown)


class TestValues:
    def test_are_what_the_release_is_and_does(self) -> None:
        change = Change(commit("fix: it"), "fix", "api", "mend it", reference="#7")

        assert (
            "demo 1.2.0 v1.2.0 2026-11-29 v1.1.0\n"
            "https://github.com/ada/demo/compare/v1.1.0...v1.2.0"
            " https://github.com/ada/demo/releases/tag/v1.2.0\n"
            "### Fixed\n"
            "- api mend it #7 c0ffee0\n"
            "Ada, 7, 1"
        ) == render(TEMPLATE, values(change))

    def test_hold_no_markup_of_commits_and_no_template(self) -> None:
        text = "greet @all <b> `{{ 7 * 7 }}` {% raw %}"
        change = Change(commit("fix: it"), "fix", None, text)

        assert "greet @&#8203;all &lt;b> `{{ 7 * 7 }}` {% raw %}" == render(
            "{{ entries[0].description }}", values(change)
        )

    def test_have_the_notes_as_they_are_without_a_template(self) -> None:
        shown = values(Change(commit("feat: it"), "feat", None, "add it"))

        assert "### Added\n\n- add it" == render("{{ notes }}", shown)


class TestFile:
    def test_is_read_where_the_value_is_a_path(self) -> None:
        assert "x" == render("t.j2", {})

    def test_in_another_encoding_is_refused(self) -> None:
        with pytest.raises(NotUtf8) as caught:
            template_of("changelog.section_template", "t.j2", lambda _name: b"\xff")

        assert "t.j2 is not encoded in UTF-8" == str(caught.value)
        assert "Save it as UTF-8" == caught.value.hint

    def test_that_is_not_committed_is_named(self) -> None:
        with pytest.raises(TemplateNotFound) as caught:
            render("other.j2", {})

        assert "changelog.section_template names other.j2, which is not in the commit" == (
            caught.value.message
        )
        assert "or set changelog.section_template to the template itself" in caught.value.hint
