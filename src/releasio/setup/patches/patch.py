"""Edits of files: shown as a diff, applied together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@frozen
class Edit:
    """
    Lines of a file that are replaced.

    Attributes:
        path: The file, relative to the repository, with `/`.
        start: The 1-based line before which the new ones stand.
        stop: The line after the last one that goes; *start* where none goes.
        lines: What stands there then, without line ends.
    """

    path: str
    start: int
    stop: int
    lines: tuple[str, ...]


@frozen
class Patch:
    """Edits that belong together: all of them are made, or none."""

    edits: tuple[Edit, ...]


def lines_of(text: str) -> list[str]:
    """Return the lines of *text* as edits count them, without their ends: LF or CR LF alone."""
    return [line.removesuffix("\r") for line in text.split("\n")]


def respelt(path: str, text: str, line: int, old: str, new: str) -> Patch | None:
    """
    Return the patch that writes *new* for *old* in one line; None where nobody knows what or where.

    Args:
        path: The file.
        text: What is in it.
        line: The number of the line, 1-based.
        old: Must stand there just once.
        new: Empty: it is not known.
    """
    content = lines_of(text)[line - 1]
    if not new or content.count(old) != 1:
        return None
    return Patch((Edit(path, line, line + 1, (content.replace(old, new),)),))


def together(patches: Iterable[Patch]) -> tuple[Patch, ...]:
    """Return those of *patches* that can be made at once: no two touch the same lines."""
    chosen: list[Patch] = []
    chosen_edits: list[Edit] = []
    for patch in patches:
        if patch in chosen:
            continue
        if not any(_overlap(edit, other) for edit in patch.edits for other in chosen_edits):
            chosen.append(patch)
            chosen_edits += patch.edits
    return tuple(chosen)


def _overlap(edit: Edit, other: Edit) -> bool:
    if edit.path != other.path:
        return False
    if edit.start == other.start:
        return True
    return edit.start < max(other.stop, other.start) and other.start < max(edit.stop, edit.start)


def joined(*patches: Patch | None) -> Patch | None:
    """Return one patch of all of *patches*; None where one of them cannot be made."""
    edits = [edit for patch in patches if patch for edit in patch.edits]
    return Patch(tuple(edits)) if edits and all(patches) else None


def applied(patches: Iterable[Patch], texts: Mapping[str, str]) -> dict[str, str]:
    """
    Return the files that *patches* change, by path, as they are then.

    Line ends of a file are kept: new lines end as its first one does.

    Args:
        patches: None of them touches what another one does.
        texts: Every file that they name; one that is missing is new.
    """
    edits = [edit for patch in patches for edit in patch.edits]
    results = {}
    for path in dict.fromkeys(edit.path for edit in edits):
        text = texts.get(path, "")
        end = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
        lines = text.split("\n")
        for edit in sorted(edits, key=lambda each: -each.start):
            if edit.path == path:
                new = [line + end.removesuffix("\n") for line in edit.lines]
                if edit.start - 1 >= len(lines) - 1 and lines[-1]:
                    lines.append("")  # the last line of the file has no end yet
                lines[edit.start - 1 : edit.stop - 1] = new
        results[path] = "\n".join(lines)
    return results
