"""The Markdown that notes are generated in, taken apart: what stands within a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = pattern(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|\[(?P<text>(?:\\.|`[^`]*`|[^\[\]\\`])*)\]\((?P<target><[^<>\n]*>|(?:\\.|[^\s()\\]|\([^\s()]*\))*)\)"
    r"|<(?P<address>https?://[^<>\s]+)>"
    r"|(?P<url>https?://(?:(?!&(?:lt|amp|#8203);)[^\s<>\[\]`*\\]|\\(?![!-/:-@\[-`{-~]))+)"
    r"|\*\*(?=\S)(?P<strong>(?:\\.|[^\\*]|\*(?!\*))+?)(?<=\S)\*\*"
    r"|\*(?=\S)(?P<emphasis>(?:\\.|[^\\*])+?)(?<=\S)\*"
    r"|(?<!\w)_(?=\S)(?P<underscored>(?:\\.|[^\\_])+?)(?<=\S)_(?!\w)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,31});)"
)
_UNSEEN = "\u200b"  # keeps forges from notifying people; a file notifies nobody
_BEHIND = ".,;:!?)'\""  # what follows an address rather than belongs to it


class Piece(NamedTuple):
    """A part of a line: its kind, what is read, and where it leads."""

    kind: Literal["text", "code", "strong", "emphasis", "link", "url"]
    text: str
    url: str = ""


def pieces(line: str) -> list[Piece]:
    """Return the parts of *line*; neighbouring texts are one part."""
    joined: list[Piece] = []
    for piece in _pieces(line):
        if piece.kind == "text" and joined and joined[-1].kind == "text":
            joined[-1] = Piece("text", joined[-1].text + piece.text)
        elif piece.text:
            joined.append(piece)
    return joined


def plain_text(line: str) -> str:
    """Return what is read of *line*."""
    return "".join(piece.text for piece in pieces(line))


def _pieces(line: str) -> Iterator[Piece]:
    position = 0
    for match in _PIECE.finditer(line):
        if match.start() > position:
            yield Piece("text", line[position : match.start()])
        position = match.end()
        parts = match.groupdict()
        if parts["escaped"]:
            yield Piece("text", parts["escaped"])
        elif parts["code"]:
            yield Piece("code", parts["code"].strip() or parts["code"])
        elif parts["target"] is not None:
            target = plain_text(parts["target"].removeprefix("<").removesuffix(">"))
            yield Piece("link", plain_text(parts["text"]) or target, target)
        elif address := parts["address"] or parts["url"]:
            bare = address if parts["address"] else address.rstrip(_BEHIND)
            yield Piece("url", bare, bare)
            yield Piece("text", address[len(bare) :])
        elif parts["strong"]:
            yield Piece("strong", plain_text(parts["strong"]))
        elif parts["emphasis"] or parts["underscored"]:
            yield Piece("emphasis", plain_text(parts["emphasis"] or parts["underscored"]))
        else:
            yield Piece("text", _character(match[0]))
    yield Piece("text", line[position:])


def _character(entity: str) -> str:
    from html import unescape  # names of 2,000 entities, which few notes have

    return unescape(entity).replace(_UNSEEN, "")
