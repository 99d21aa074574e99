"""Write a line of generated notes in reStructuredText: nothing of a commit's text is markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.changelog.markup.inline import pieces
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from releasio.rules.changelog.markup.inline import Piece

_SPECIAL = pattern(r"[\\*`|]|_+(?![^\W_])|(?<!\w)_+(?=`)|(?<=:):")
# how lines begin that are more than text: lists, fields, options, comments, tables, quotes
_BLOCK = pattern(
    r"(?:[^\w\s(:\\`*|<]|:(?=\S)|<|__)|(?=(?:[A-Za-z]|\d+|[ivxlcdmIVXLCDM]+)[.)](?:\s|$))"
    r"|(?=\((?:[A-Za-z#]|\d+|[ivxlcdmIVXLCDM]+)\)(?:\s|$))"
)
_RULER = pattern(r"([!-/:-@\[-`{-~])\1*")  # as lines above and below titles are
_SAFE_IN_FRONT = " \t\n([{<-/:"
_SAFE_BEHIND = " \t\n)]}>-/:.,;!?'\""
_PAIRS = dict(zip("([{<'\"", ")]}>'\"", strict=True))


def rst_line(line: str) -> str:
    """
    Return a line of generated Markdown as one of reStructuredText.

    Code, strong text, emphasis and links stay; every other character is shown as it is.

    Source: https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#inline-markup
    """
    parts = pieces(line)
    written = ""
    for number, piece in enumerate(parts):
        following = parts[number + 1].text[:1] if number + 1 < len(parts) else ""
        if piece.kind == "text":
            written += escaped(piece.text)
        else:
            written = _joined(written, _marked(piece), piece, following)
    return _begun(written.strip())


def escaped(text: str) -> str:
    """Return *text* so that it is read as it is, within a line."""
    return _SPECIAL.sub(lambda match: "".join(f"\\{sign}" for sign in match[0]), text)


def _marked(piece: Piece) -> str:
    text = piece.text
    if piece.kind == "url":
        return escaped(text)
    inner = escaped(text)
    match piece.kind:
        case "code" if (
            "``" in text or not text.strip() or text.startswith("`") or text.endswith(("`", "\\"))
        ):
            return inner
        case "code":
            return f"``{text}``"
        case "link":
            label = inner.replace("<", "\\<")
            return f"`{label} <{escaped(piece.url)}>`__"
        case "strong":
            return f"**{inner}**"
        case _:
            return f"*{inner}*"


def _joined(written: str, marked: str, piece: Piece, following: str) -> str:
    """Return *written* and *marked*, kept apart where the format asks for blanks around markup."""
    before, first = written[-1:], piece.text[:1]
    is_markup = marked[:1] in "`*" and not marked.startswith("\\")
    if not is_markup and piece.kind != "url":
        return written + marked
    is_quoted = before in _PAIRS and _PAIRS[before] == first
    is_safe = before in _SAFE_IN_FRONT and not is_quoted
    gap = "\\ " if before and not is_safe else ""
    end = "\\ " if is_markup and following and following not in _SAFE_BEHIND else ""
    return f"{written}{gap}{marked}{end}"


def _begun(line: str) -> str:
    """Keep the beginning of a line from being a list, a comment or a table of its own."""
    if _RULER.fullmatch(line):
        return f"\\ {line}"
    if _BLOCK.match(line) is None or line.startswith(("**", "``")):
        return line
    return f"\\{line}"
