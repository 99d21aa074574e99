"""What a release pull request was made from: a hidden block at the end of its description."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from typing import TYPE_CHECKING, Any

from releasio.frozen import frozen
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

_FORM = 1  # the number of this form; a block of another one is not read
_BEGIN = "<!-- releasio: what this was made from; leave it, and edit the rest as you like"
_BLOCK = pattern(r"\n*<!-- releasio:.*?-->[ \t]*\n?", re.DOTALL)
_COMMIT = pattern(r"(?:[0-9a-f]{40}|[0-9a-f]{64})?")
_MOST_PACKED = 24_000  # characters; GitHub takes 65,536 for all of it
_MOST_UNPACKED = 1 << 18  # bytes: anybody who may edit the description may write into it


@frozen
class ProposalRecord:
    """
    What a release pull request was made from.

    Attributes:
        version: What it proposes.
        by_hand: The same, if somebody set it in the pull request; else empty.
        commit: The release commit as it was pushed, all digits; empty: none was yet.
        title: The heading as it was written.
        news: A digest of what it proposes: the same again is nothing new.
        complete: Whether labels, reviewers and the like were given to it.
        closed: Whether it was closed because there was nothing to release any more.
        section: The generated section of the changelog; None: too long to be kept, or unknown.
        body: The generated description; None likewise.
    """

    version: str
    by_hand: str = ""
    commit: str = ""
    title: str = ""
    news: str = ""
    complete: bool = False
    closed: bool = False
    section: str | None = None
    body: str | None = None


def with_block(body: str, record: ProposalRecord, *, trailer: str = "") -> str:
    """Return the description *body* with the block; *trailer* is a line of its own in it."""
    values: dict[str, Any] = {
        "form": _FORM,
        "version": record.version,
        "by_hand": record.by_hand,
        "commit": record.commit,
        "title": record.title,
        "news": record.news,
        "complete": record.complete,
        "closed": record.closed,
        "generated": _packed(record),
    }
    # a comment ends at `-->`, and no parser of HTML is to be relied on for anything else
    text = (
        json.dumps(values).replace("-", "\\u002d").replace("<", "\\u003c").replace(">", "\\u003e")
    )
    lines = [_BEGIN, text, *([trailer] if trailer else []), "-->"]
    return "\n".join([body.rstrip("\n"), "", *lines]) + "\n"


def without_block(body: str) -> str:
    """Return a description without the block, and with line feeds at its ends of lines."""
    text = _BLOCK.sub("\n", body.replace("\r\n", "\n"))
    return text.rstrip("\n") + "\n" if text.strip() else ""


def read_block(body: str) -> ProposalRecord | None:
    """Return what the block in a description says; None: there is none, or it is damaged."""
    blocks = _BLOCK.findall(body.replace("\r\n", "\n"))
    for block in reversed(blocks):
        begin, end = block.find("{"), block.rfind("}")
        try:
            values = json.loads(block[begin : end + 1])
        except (ValueError, RecursionError):
            continue
        if isinstance(values, dict) and values.get("form") == _FORM:
            return _state(values)
    return None


def _state(values: Mapping[str, Any]) -> ProposalRecord | None:
    words = {
        name: values.get(name, "")
        for name in ("version", "by_hand", "commit", "title", "news", "generated")
    }
    if not all(isinstance(word, str) for word in words.values()) or not words["version"]:
        return None
    section, body = _unpacked(words.pop("generated"))
    if not _COMMIT.fullmatch(words["commit"]):
        words["commit"] = ""
    return ProposalRecord(
        **words,
        complete=values.get("complete") is True,
        closed=values.get("closed") is True,
        section=section,
        body=body,
    )


def _packed(record: ProposalRecord) -> str:
    """Return the generated texts in few characters; of those that are too long, none."""
    for texts in ([record.section, record.body], [record.section, None], [None, record.body]):
        packed = base64.b85encode(zlib.compress(json.dumps(texts).encode(), 9)).decode()
        if len(packed) <= _MOST_PACKED:
            return packed
    return ""


def _unpacked(packed: str) -> tuple[str | None, str | None]:
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(base64.b85decode(packed), _MOST_UNPACKED)
        section, body = json.loads(content)
    except (ValueError, TypeError, zlib.error, binascii.Error, RecursionError):
        return None, None
    return (
        section if isinstance(section, str) else None,
        body if isinstance(body, str) else None,
    )
