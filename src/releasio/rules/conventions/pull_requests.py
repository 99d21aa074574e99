"""What forges write around the title of a pull request."""

from __future__ import annotations

import re

from releasio.text.pattern import pattern

_AZURE = pattern(r"Merged PR (\d+): ")
_MERGED = pattern(r"Merge pull request #(\d+) |Merged in .* \(pull request #(\d+)\)$")
_GITLAB_WORDS = "See merge request "
_GITLAB = pattern(rf"^{_GITLAB_WORDS}\S*!(\d+)$", re.MULTILINE)


def split_reference(text: str) -> tuple[str, str]:
    """Split `add x (#12)` into the text and the reference `#12`, empty when there is none."""
    if text.endswith(")"):
        description, _, reference = text.rpartition("(")
        if reference[0] in "#!" and reference[1:-1].isdecimal():
            return description.rstrip(" \t"), reference[:-1]
    return text, ""


def unwrap_subject(subject: str, body: str) -> tuple[str, str]:
    """Take what a forge wrote around *subject*: return the title and the reference, if any."""
    if subject.startswith("Merge"):
        if match := _AZURE.match(subject):
            return subject[match.end() :], f"!{match[1]}"
        if match := _MERGED.match(subject):
            return subject, f"#{match[1] or match[2]}"
    if _GITLAB_WORDS in body and (match := _GITLAB.search(body)):
        return subject, f"!{match[1]}"
    return subject, ""
