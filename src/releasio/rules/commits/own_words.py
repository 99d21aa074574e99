"""What of a commit's body its author says, and what is only quoted there."""

from __future__ import annotations

import re

from releasio.text.pattern import pattern

# the newline in front makes the search fast: only beginnings of lines are looked at
_BEGINNING = pattern(r"\n(?: *>| {0,3}\t| {4})")
_INDENTED = ("    ", "\t", " \t", "  \t", "   \t")
_FENCE = pattern(r" {0,3}(`{3,}|~{3,})")
_OPENING = pattern(r"<!--|<(?:details|blockquote|pre)\b", re.IGNORECASE)


def own_words(body: str) -> str:
    """
    Return *body* with spaces in place of what is quoted; every place in it stays the same.

    Quoted are lines behind `>`, code in fences or behind four spaces or a tab, comments, and what
    stands in `<details>`, `<blockquote>` and `<pre>`. What is never closed goes on to the end.
    """
    if not _may_quote(body):
        return body
    reader = _Lines()
    return "\n".join(map(reader.own, body.split("\n")))


def _may_quote(body: str) -> bool:
    """Whether anything in *body* looks like a quotation; what most lack is asked first."""
    if ("`" in body and "```" in body) or ("~" in body and "~~~" in body):
        return True
    if "<" in body and _OPENING.search(body):
        return True
    may_begin = ">" in body or "\t" in body or "    " in body
    return may_begin and _BEGINNING.search(f"\n{body}") is not None


class _Lines:
    """Reads line after line and knows in what it is."""

    def __init__(self) -> None:
        self._fence = ""
        self._tag = ""  # what closes the HTML element or comment that is open

    def own(self, line: str) -> str:
        """Return *line*, or as many spaces where it is quoted."""
        return " " * len(line) if self._is_quoted(line) else line

    def _is_quoted(self, line: str) -> bool:
        if self._tag:
            self._tag = "" if self._tag in line.lower() else self._tag
            return True
        if self._fence:
            self._fence = "" if self._closes(line) else self._fence
            return True
        if line.startswith(_INDENTED) or line.lstrip(" ").startswith(">"):
            return True
        fence = _FENCE.match(line)
        if fence and (fence[1][0] == "~" or "`" not in line[fence.end() :]):
            self._fence = fence[1]
            return True
        return self._opens(line)

    def _closes(self, line: str) -> bool:
        mark = line.strip()
        return mark.startswith(self._fence) and not mark.strip(self._fence[0])

    def _opens(self, line: str) -> bool:
        """Whether an element begins at the start of *line*; it may begin behind words, too."""
        opening = _OPENING.search(line) if "<" in line else None
        if opening is None:
            return False
        tag = opening[0].lower()
        closing = "-->" if tag == "<!--" else f"</{tag[1:]}"
        if closing not in line[opening.end() :].lower():
            self._tag = closing
        return not line[: opening.start()].strip()
