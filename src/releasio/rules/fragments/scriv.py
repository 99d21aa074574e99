"""
Fragments of scriv: headings in the file are the categories.

Source: https://scriv.readthedocs.io/en/stable/configuration.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.fragments.fragment import Fragment
from releasio.rules.project.setup_files import parse_cfg
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

USUAL_CATEGORIES = ("Removed", "Added", "Changed", "Deprecated", "Fixed", "Security")
_COMMENT = pattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# a comment of reStructuredText goes on as long as lines are indented or empty
_RST_COMMENT = pattern(r"^\.\.(?:[ \t].*)?$(?:\n(?:[ \t].*)?$)*", re.MULTILINE)
_UNDERLINE = pattern(r"([-=~^\"'#*+`.:_])\1{2,}[ \t]*")


@frozen
class Scriv:
    """
    Where scriv has its fragments.

    Attributes:
        folder: Relative to the project.
        categories: As headings have them.
    """

    folder: str = "changelog.d"
    categories: tuple[str, ...] = USUAL_CATEGORIES


def ini_table(text: str) -> Mapping[str, object]:
    """Return the settings of a file such as setup.cfg; empty where it has none, or is broken."""
    parser = parse_cfg(text)
    return {
        key: value
        for section in ("scriv", "tool.scriv")
        if parser.has_section(section)
        for key, value in parser[section].items()
    }


def scriv_of(settings: Mapping[str, object]) -> Scriv:
    """Read what the files of scriv's settings say, all of them together."""
    folder, categories = settings.get("fragment_directory"), settings.get("categories")
    if isinstance(categories, str):
        categories = categories.replace("\n", ",").split(",")
    names = (
        [str(name).strip() for name in categories if str(name).strip()]
        if isinstance(categories, list)
        else []
    )
    return Scriv(
        folder if isinstance(folder, str) and folder else "changelog.d",
        tuple(names) or USUAL_CATEGORIES,
    )


def fragments_in(path: str, text: str, scriv: Scriv) -> Iterator[Fragment]:
    """Yield a fragment for each category of the file at *path*; none where all is a comment."""
    is_markdown = path.endswith(".md")
    words = (_COMMENT if is_markdown else _RST_COMMENT).sub("", text.replace("\r\n", "\n"))
    categories = {name.casefold(): name.lower() for name in scriv.categories}
    titles = _titles(words.split("\n"), is_markdown=is_markdown)
    types = [categories[title] for title in titles if title in categories]
    if not types and words.strip():
        types = ["changed"]
    for type_ in dict.fromkeys(types):
        yield Fragment(path, type_)


def _titles(lines: Sequence[str], *, is_markdown: bool) -> Iterator[str]:
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if is_markdown and line.startswith("#"):
            yield line.strip("# \t").casefold()
        elif line.strip() and _UNDERLINE.fullmatch(below):
            yield line.strip().casefold()
