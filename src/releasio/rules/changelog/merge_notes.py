"""Notes that people wrote and notes that were generated, in one section."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from releasio.rules.changelog.markdown import Heading
    from releasio.rules.changelog.markup.markup import Markup

_ITEM = pattern(r"^( {0,3})([-*+])(?= +\S)", re.MULTILINE)
_BOLD = pattern(r"^### (?=\*\*)", re.MULTILINE)
_GROUP = pattern(r"^###(?= )", re.MULTILINE)
_TITLE = pattern(r"#{3,6} |\*\*[^*]+\*\*:?\Z")
_BREAKING = pattern(r"\*Breaking\*|\bbreaking|incompatible", re.IGNORECASE)
# pull requests and issues, in the ways that changelogs name them
_NUMBER = pattern(
    r"(?:(?<!&)#|\b[Gg][Hh]-|:[\w-]+:`|/(?:pulls?|issues|merge_requests)/)#?(\d{1,18})(?!\w)"
)


def at_level(notes: str, level: int) -> str:
    """Return generated *notes* with their `###` headings at *level*; bold titles are lines."""
    notes = _BOLD.sub("", notes)
    return notes if level == len("###") else _GROUP.sub("#" * level, notes)


def with_bullet(notes: str, sample: str) -> str:
    """Return generated *notes* with the bullets that the lists of *sample* have."""
    item = _ITEM.search(sample)
    if item is None or item[2] == "-":
        return notes
    return _ITEM.sub(lambda match: f"{match[1]}{item[2]}", notes)


def without_titles(notes: str) -> str:
    """Return the lists of generated *notes* as one."""
    lines = [line for line in notes.split("\n") if not _TITLE.match(line)]
    return re.sub(r"\n{2,}(?=[-*+] )", "\n", "\n".join(lines)).strip("\n")


def has_item(text: str) -> bool:
    """Whether *text* has a list."""
    return _ITEM.search(text) is not None


def merge_notes(human: str, generated: str, newline: str, markup: Markup) -> str:
    """
    Return *human* with the groups of *generated* added, every byte of it kept.

    What stands under the same heading goes below the human entries there, all
    else to the end. A line that somebody wrote in the same words is not added
    again, and neither is one whose pull request they name.
    """
    human_lines = {line.strip() for line in human.splitlines()}
    human_numbers = frozenset(_NUMBER.findall(human))
    result = human
    for heading, text, entries in _groups(generated, markup):
        fresh = [line for line in entries if line.strip() not in human_lines]
        if not _BREAKING.search(heading):
            fresh = [*_not_named(fresh, human_numbers)]
        if not any(line.strip() for line in fresh):
            continue
        block = newline.join(fresh).strip("\r\n")
        place = _place_in(result, heading, markup)
        if place is None:
            block = f"{text}{newline}{newline}{block}" if heading else block
            place = len(result.rstrip())
            continues_list = not heading and _is_item(result[:place])
        else:
            continues_list = True
        gap = newline if continues_list and not markup.loose.search(human) else newline * 2
        result = f"{result[:place]}{gap}{block}{result[place:]}"
    return result if result.endswith("\n") else result + newline


def _not_named(entries: Sequence[str], numbers: Collection[str]) -> Iterator[str]:
    """Yield those of *entries* whose pull request is not among *numbers*; what breaks always."""
    for line, below in zip(entries, (*entries[1:], ""), strict=False):
        own = _NUMBER.findall(line[line.rfind("(") :] if line.endswith(")") else "")
        explains = below.startswith((" ", "\t"))
        if explains or _BREAKING.search(line) or not own or own[-1] not in numbers:
            yield line


def _is_item(text: str) -> bool:
    """Whether *text* ends with an item of a list."""
    lines = [line for line in text.splitlines() if line.strip()]
    last_begun = next((line for line in reversed(lines) if not line.startswith((" ", "\t"))), "")
    return _ITEM.match(last_begun) is not None


def _groups(generated: str, markup: Markup) -> list[tuple[str, str, list[str]]]:
    """Return title, heading as it is written, and the lines below, of each generated group."""
    titles = sorted(
        (*markup.headings(generated), *markup.bold_lines(generated)),
        key=lambda heading: heading.start,
    )
    starts = [*(heading.start for heading in titles), len(generated)]
    groups = [("", "", generated[: starts[0]].splitlines())]
    for heading, end in zip(titles, starts[1:], strict=True):
        written = generated[heading.start : heading.end].strip("\r\n")
        groups.append((heading.text, written, generated[heading.end : end].splitlines()))
    return groups


def _place_in(human: str, title: str, markup: Markup) -> int | None:
    """Return where the text below the heading of the same words ends."""
    if not title:
        return None
    kinds: tuple[list[Heading], ...] = [*markup.headings(human)], markup.bold_lines(human)
    for candidates in kinds:
        for number, candidate in enumerate(candidates):
            if _words(candidate.text) == _words(title):
                following = [
                    later for later in candidates[number + 1 :] if later.level <= candidate.level
                ]
                end = following[0].start if following else len(human)
                return len(human[:end].rstrip())
    return None


def _words(heading: str) -> str:
    """Return what two headings have in common that say the same: letters and digits."""
    return "".join(character for character in heading.casefold() if character.isalnum())
