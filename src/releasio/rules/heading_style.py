"""How a changelog writes the headings of its versions, and the next one in the same way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packaging.version import InvalidVersion, Version

from releasio.frozen import frozen

if TYPE_CHECKING:
    from datetime import date

    from releasio.rules.markdown import Heading

_UNRELEASED = re.compile(r"\[?\s*unreleased\b", re.IGNORECASE)
_TITLE = re.compile(
    r"(?P<before>(?:[\w.-]+[ \t]+)?[\[*`]*(?:version[ \t]+)?v?)"
    r"(?P<version>[0-9][0-9A-Za-z.!+_-]*)"
    r"(?P<behind>$|[\]*`),:; \t].*)",
    re.IGNORECASE | re.DOTALL,
)
# what may stand behind a version in a heading: brackets, a date, a dash; no further words
_BEHIND = re.compile(
    r"[\]*`]*(?:\([^)]*\))?[\s,:;–—-]*"  # noqa: RUF001 -- people do write these dashes
    r"(?:$|[(\[\d*_]|released|unreleased|yanked|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|[–—\"'])",  # noqa: RUF001
    re.IGNORECASE,
)
_COMPARE = re.compile(r"(?P<base>.*/compare/)(?P<old>.+?)(?P<dots>\.{2,3})(?P<new>[^)\s]+)")


@frozen
class Title:
    """The text of a version's heading, taken apart."""

    before: str
    version: Version
    behind: str


def is_unreleased(heading: Heading) -> bool:
    """Whether *heading* stands above notes for the next version."""
    return bool(_UNRELEASED.match(heading.text))


def read_title(heading: Heading) -> Title | None:
    """Return the version that *heading* is about, if it is about one."""
    match = _TITLE.fullmatch(heading.text.strip())
    if match is None or not _BEHIND.match(match["behind"]):
        return None
    try:
        version = Version(match["version"])
    except InvalidVersion:
        return None
    return Title(match["before"], version, match["behind"])


def title_like(model: Title, version: Version, day: date, tag: str) -> str:
    """Return the text of the heading for *version*, in the manner of the one below it."""
    from releasio.rules.heading_date import date_like  # noqa: PLC0415 -- patterns cost 1 ms

    behind = model.behind.replace(" [YANKED]", "")
    if match := _COMPARE.search(behind):
        compared = f"{match['base']}{match['new']}{match['dots']}{tag}"
        behind = behind[: match.start()] + compared + behind[match.end() :]
    bracket = re.match(r"[\]*`]*(?:\([^)]*\))?", behind)
    rest = behind[bracket.end() :] if bracket else behind
    closing = bracket[0] if bracket else ""
    if again := date_like(rest, day):
        return f"{model.before}{version}{closing}{again}"
    dated = f" - {day.isoformat()}" if rest.strip() else ""
    return f"{model.before}{version}{closing}{dated}"


def title_after_unreleased(heading: Heading, version: Version, day: date) -> str:
    """Return the first version's heading text below an Unreleased one."""
    name = f"[{version}]" if heading.text.lstrip().startswith("[") else str(version)
    return f"{name} - {day.isoformat()}"


def heading_like(model: Heading, text: str, newline: str) -> str:
    """Return *text* as a heading in the manner of *model*, without a line end."""
    if model.underline:
        return f"{text}{newline}{model.underline * max(len(text), 3)}"
    return f"{'#' * model.level} {text}"
