from __future__ import annotations

import pytest

from releasio.rules.fragments.scriv import Scriv, fragments_in, ini_table, scriv_of

# of `scriv create`, 1.8
UNTOUCHED = "<!--\nA new scriv changelog fragment.\n-->\n\n<!--\n### Added\n\n- An item.\n\n-->\n"
UNTOUCHED_RST = ".. A new scriv changelog fragment.\n..\n.. Added\n.. -----\n..\n.. - An item.\n"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, Scriv()),
        ({"fragment_directory": "news", "categories": ["New"]}, Scriv("news", ("New",))),
        ({"categories": "New, Fixed"}, Scriv("changelog.d", ("New", "Fixed"))),
    ],
)
def test_settings_say_where_they_are(settings: dict[str, object], expected: Scriv) -> None:
    assert expected == scriv_of(settings)


@pytest.mark.parametrize(
    ("name", "text", "types"),
    [
        ("a.md", UNTOUCHED, []),
        ("a.md", f"{UNTOUCHED}### Fixed\n\n- it\n", ["fixed"]),
        (
            "a.md",
            "### Added\r\n\r\n- it\r\n\r\n### Removed\r\n\r\n- that\r\n",
            ["added", "removed"],
        ),
        ("a.md", "### Added\n\n- it\n\n### Added\n\n- that\n", ["added"]),
        ("a.md", "- it\n", ["changed"]),
        ("a.md", "<!-- never closed\n### Added\n", []),
        ("a.rst", UNTOUCHED_RST, []),
        ("a.rst", "Security\n........\n\n- it\n", ["security"]),
        ("a.rst", f"{UNTOUCHED_RST}\nAdded\n-----\n\n- it\n", ["added"]),
    ],
)
def test_headings_are_the_categories(name: str, text: str, types: list[str]) -> None:
    assert [(name, type_) for type_ in types] == [*fragments_in(name, text, Scriv())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[tool.scriv]\ncategories = New\n    Fixed\n", Scriv(categories=("New", "Fixed"))),
        ("[metadata]\nname = demo\n[scriv]\nfragment_directory = news\n", Scriv("news")),
        ("[metadata]\nname = demo\n", Scriv()),
        ("no section\n", Scriv()),
        ("", Scriv()),
    ],
)
def test_settings_may_stand_in_an_ini_file(text: str, expected: Scriv) -> None:
    assert expected == scriv_of(ini_table(text))
