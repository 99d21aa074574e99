"""Whatever a changelog looks like: one section comes in, in its place, and nothing else changes."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from releasio.config.tables.model import ChangelogConfig
from releasio.rules.changelog.changelog import Section, inserted, section_of
from releasio.rules.forge.links import Links

WEB = "https://github.com/o/r"
DAY = date(2026, 11, 29)
NOTES = "### Added\n\n- new"
SETTINGS = ChangelogConfig()
NEW = Section(Version("1.2.0"), DAY, NOTES, "v1.2.0", "v1.1.0", Links("github", WEB))
VERSIONS = ("1.1.0", "1.0.1", "1.0.0", "0.9.0")

HEADINGS = st.sampled_from(
    [
        "## {v}",
        "## v{v} - 2026-06-{d}",
        "## [{v}] - 2026-06-{d}",
        "# {v} (June {d}, 2026)",
        "### Version {v}/0.65b0 ({d}.06.2026)",
        "## 🚀 {v} (2026/06/{d})",
        "## 2026-06-{d}, Version {v}",
        '## {v} "A name" - 2026-06-{d}',
        f"## [{{v}}]({WEB}/tree/v{{v}}) - 2026-06-{{d}}",
        f"## [{{v}}]({WEB}/compare/v0.1.0...v{{v}}) (2026-06-{{d}})",
        "Changes in demo {v}\n-------------------",
        "## The {v} of the very great project of ours",
    ]
)
LABELS = st.sampled_from(["", "(v{v})=\n", '<a name="v{v}"></a>\n\n'])
LEADS = st.sampled_from(["", "Released on 2026-06-{d}.\n\n", "_June {d}, 2026_\n\n"])
BODIES = st.sampled_from(
    [
        "- old {v}\n",
        "Words about old {v}.\n\n* and more\n",
        "{g} Fixed\n\n- old {v}\n\n{g} Python 3.12\n\n- more\n",
        "- old {v}\n\n```\n## 1.1.0\n```\n\n---\n",
        "<!-- ## 1.1.0 -->\n- old {v}\n",
        f"- old {{v}}\n\n**Full Changelog**: {WEB}/compare/v0.1.0...v{{v}}\n",
    ]
)
TOPS = st.sampled_from(
    ["", "# Changelog\n\n", "# All changes\n\nWords, and 1.1.0.\n\n<!-- a -->\n\n"]
)
PENDING = st.sampled_from(
    ["## Unreleased", "## [Next]", "## Latest Changes", "## main (unreleased)", "# Upcoming"]
)
GUESSES = st.sampled_from(["[1.2.0] - TBD", "1.2.0 (unreleased)", "v1.1.1 - YYYY-MM-DD"])
HUMAN = st.sampled_from(["- by hand\n\n", "### Fixed\n\n- by hand\n\n", "Words by hand.\n\n"])


class Made(NamedTuple):
    """A changelog, and how the headings of its versions begin."""

    text: str
    level: str  # the marks in front of a heading; empty for an underlined one


@st.composite
def changelogs(draw: st.DrawFn) -> Made:
    """Return a changelog whose sections all look alike, the newest first."""
    heading, label, lead, body = draw(HEADINGS), draw(LABELS), draw(LEADS), draw(BODIES)
    level = heading.partition(" ")[0] if heading.startswith("#") else ""
    sections = [
        (label + heading + "\n\n" + lead + body)
        .replace("{v}", version)
        .replace("{d}", str(28 - number))
        .replace("{g}", f"{level or '##'}#")
        for number, version in enumerate(VERSIONS[: draw(st.integers(1, len(VERSIONS)))])
    ]
    return Made(draw(TOPS) + "\n".join(sections), level)


def shared(one: str, other: str) -> int:
    """Return how many characters both begin with."""
    differing = (n for n, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) > 1)
    return next(differing, min(len(one), len(other)))


def above(made: Made, heading: str) -> str:
    """Put *heading*, at the level of the others, above the newest section."""
    place = made.text.index(next(iter(found for found in made.text.splitlines() if _begins(found))))
    return made.text[:place] + heading + made.text[place:]


def _begins(line: str) -> bool:
    first = line.startswith(("(v1.1.0)=", '<a name="v1.1.0"'))
    return first or (line.startswith(("#", "Changes in")) and "1.1.0" in line)


def line_with(text: str, words: str) -> int:
    """Return the number of the first line that is a heading, or like one, and has *words*."""
    marks = ("#", "Changes in", "(v", "<a name")
    headings = (
        (number, line.replace("v1.1.0...v1.2.0", "v1.2.0"))
        for number, line in enumerate(text.splitlines())
        if line.startswith(marks)
    )
    return next(number for number, line in headings if words in line)


@given(changelogs(), st.sampled_from(["\n", "\r\n"]))
def test_only_the_new_section_comes_in(made: Made, newline: str) -> None:
    before = made.text.replace("\n", newline)
    after = inserted(before, NEW, SETTINGS).text
    first, last = shared(before, after), shared(before[::-1], after[::-1])

    assert len(before) <= first + last
    assert after == inserted(after, NEW, SETTINGS).text


@given(changelogs())
def test_it_is_above_the_heading_of_the_version_before(made: Made) -> None:
    after = inserted(made.text, NEW, SETTINGS).text

    assert line_with(after, "1.2.0") < line_with(after, "1.1.0")
    assert "- new" in (section_of(after, Version("1.2.0")) or "").replace("* new", "- new")


@given(changelogs())
def test_the_sections_below_stay_what_they_are(made: Made) -> None:
    after = inserted(made.text, NEW, SETTINGS).text

    for version in map(Version, VERSIONS):
        assert section_of(made.text, version) == section_of(after, version)


@given(changelogs(), PENDING, HUMAN)
def test_what_people_wrote_is_in_it_and_their_heading_stays(
    made: Made, heading: str, human: str
) -> None:
    heading = f"{made.level or '##'} {heading.lstrip('# ')}"
    before = above(made, f"{heading}\n\n{human}")
    after = inserted(before, NEW, SETTINGS).text
    lines = iter(after.splitlines())

    assert all(line in lines for line in before.splitlines() if line.strip())
    assert "by hand" in (section_of(after, Version("1.2.0")) or "")
    assert after.index(heading) < line_place(after)


@given(changelogs(), GUESSES, HUMAN)
def test_a_heading_that_guesses_becomes_its_own(made: Made, guess: str, human: str) -> None:
    before = above(made, f"{made.level or '##'} {guess}\n\n{human}")
    after = inserted(before, NEW, SETTINGS).text
    lines = iter(after.splitlines())

    assert guess not in after
    assert all(line in lines for line in before.splitlines() if line.strip() and guess not in line)
    assert "by hand" in (section_of(after, Version("1.2.0")) or "")


def line_place(text: str) -> int:
    """Return where the section of the new version begins."""
    return sum(map(len, text.splitlines(keepends=True)[: line_with(text, "1.2.0")]))
