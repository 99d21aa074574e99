"""Notes that people wrote and notes that were generated, in one section."""

from __future__ import annotations

import re

from releasio.rules.changelog.markdown import Heading, bold_lines, headings
from releasio.text.pattern import pattern

_TITLE = pattern(r"#{1,6} |\*\*[^*]+\*\*:?$")
_ITEM = pattern(r"^( {0,3})([-*+])(?= \S)", re.MULTILINE)
_BOLD = pattern(r"^### (?=\*\*)", re.MULTILINE)
_GROUP = pattern(r"^###(?= )", re.MULTILINE)


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


def merge_notes(human: str, generated: str, newline: str) -> str:
    """
    Return *human* with the groups of *generated* added, every byte of it kept.

    What stands under the same heading goes below the human entries there, all
    else to the end. A line that somebody wrote in the same words is not added
    again.
    """
    human_lines = {line.strip() for line in human.splitlines()}
    result = human
    for heading, entries in _groups(generated):
        fresh = [line for line in entries if line.strip() not in human_lines]
        if not any(line.strip() for line in fresh):
            continue
        block = newline.join(fresh).strip("\r\n")
        place = _place_in(result, heading)
        if place is None:
            block = f"{heading}{newline}{newline}{block}" if heading else block
            place, gap = len(result.rstrip()), newline * 2
        else:
            gap = newline
        result = f"{result[:place]}{gap}{block}{result[place:]}"
    return result if result.endswith("\n") else result + newline


def _groups(generated: str) -> list[tuple[str, list[str]]]:
    """Return the headings of generated notes, as they are written, and the lines below each."""
    groups: list[tuple[str, list[str]]] = [("", [])]
    for line in generated.splitlines():
        if _TITLE.match(line):
            groups.append((line, []))
        else:
            groups[-1][1].append(line)
    return groups


def _place_in(human: str, heading: str) -> int | None:
    """Return where the text below the heading of the same words ends."""
    candidates = bold_lines(human) if heading.startswith("**") else list(headings(human))
    for number, candidate in enumerate(candidates):
        if heading and _words(candidate.text) == _words(heading):
            following: list[Heading] = [
                later for later in candidates[number + 1 :] if later.level <= candidate.level
            ]
            end = following[0].start if following else len(human)
            return len(human[:end].rstrip())
    return None


def _words(heading: str) -> str:
    """Return what two headings have in common that say the same: letters and digits."""
    return "".join(character for character in heading.casefold() if character.isalnum())
