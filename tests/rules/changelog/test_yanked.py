"""The mark of a yanked version, and nothing else of the file."""

from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.config.tables.model import ChangelogConfig
from releasio.rules.changelog.changelog import marked_yanked, section_of
from releasio.rules.changelog.rst.rst import RST

VERSION = Version("1.2.0")


@pytest.mark.parametrize(
    ("heading", "marked"),
    [
        ("## [1.2.0] - 2026-01-02", "## [1.2.0] - 2026-01-02 [YANKED]"),
        ("## 1.2.0 (2026-01-02)", "## 1.2.0 (2026-01-02) [YANKED]"),
        ("## [1.2.0](https://x.invalid/1.2.0)", "## [1.2.0](https://x.invalid/1.2.0) [YANKED]"),
        ("##   v1.2.0   ##  ", "##   v1.2.0 [YANKED]   ##  "),
        ("# Version 1.2.0", "# Version 1.2.0 [YANKED]"),
        ("## 1.2.0 {#v1-2-0}", "## 1.2.0 [YANKED] {#v1-2-0}"),
        (
            "1.2.0 - 2026-01-02\n------------------",
            "1.2.0 - 2026-01-02 [YANKED]\n------------------",
        ),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("top", ["", "\ufeff", "Changes\n\n```\n## 1.2.0\n```\n\n"])
def test_stands_behind_the_heading_and_every_other_byte_stays(
    top: str, newline: str, heading: str, marked: str
) -> None:
    file = f"{top}{{}}\n\n- A change of 1.2.0\t \n\n\n## 1.1.0\n\n- Old".replace("\n", newline)

    assert file.format(marked.replace("\n", newline)) == marked_yanked(
        file.format(heading.replace("\n", newline)), VERSION
    )


@pytest.mark.parametrize("mark", ["[YANKED]", "(yanked)", "- Yanked!"])
def test_is_made_once(mark: str) -> None:
    text = f"## 1.2.0 {mark}\n\n- A change\n"

    assert text == marked_yanked(text, VERSION)


@pytest.mark.parametrize(
    "text", ["", "## 1.1.0\n\n- Old\n", "## 1.2.0 - unreleased\n", "```\n## 1.2.0\n```\n"]
)
def test_without_a_section_there_is_nothing_to_mark(text: str) -> None:
    assert marked_yanked(text, VERSION) is None


def test_finds_a_heading_that_a_template_of_the_project_made() -> None:
    text = "## Feeling of 1.2.0 times 2026-01-02\n\n- A change\n"
    settings = ChangelogConfig(version_header_template="## Feeling of {version} times {date}")

    assert text.replace("02\n", "02 [YANKED]\n") == marked_yanked(text, VERSION, settings)


def test_leaves_the_section_to_be_found() -> None:
    marked = marked_yanked("## [1.2.0] - 2026-01-02\n\n- A change\n", VERSION) or ""

    assert "- A change" == section_of(marked, VERSION)


def test_the_lines_of_a_heading_stay_as_long_as_its_title() -> None:
    text = "=====\r\n1.2.0\r\n=====\r\n\r\n- a\r\n\r\n=====\r\n1.1.0\r\n=====\r\n\r\n- b\r\n"
    line = "=" * len("1.2.0 [YANKED]")
    title = f"{line}\r\n1.2.0 [YANKED]\r\n{line}"

    assert text.replace("=====\r\n1.2.0\r\n=====", title) == marked_yanked(
        text, VERSION, markup=RST
    )
