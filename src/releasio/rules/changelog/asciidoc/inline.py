"""Write a line of generated notes in AsciiDoc: nothing of a commit's text is markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.changelog.markup.inline import pieces
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    import re

    from releasio.rules.changelog.markup.inline import Piece

_SPECIAL = pattern(
    r"[\\*_`#^~+{\[]|\](?=\])|<(?=<)|(?<=<)<|\((?=\()|(?<=\()\(|&(?=#?\w+;)"
    r"|(?<=-)[->]|(?<==)>|(?<=<)[-=]|(?<=\.)\.(?=\.)|\((?=(?:C|R|TM)\))|\$(?=\$)|(?<=\$)\$|'(?=')|\"(?=`)"
)
_BLOCK = pattern(
    r"(?:\.+(?=\s|[^\s.])|[-=/|](?=\s|[-=/|])|\d+(?=[.)]\s)|[A-Za-z](?=[.)]\s)|:(?=\S)|<|')"
)
_PLAIN_CODE = pattern(r"[\w ./:,;()@%&=!?$-]+")


def adoc_line(line: str) -> str:
    """
    Return a line of generated Markdown as one of AsciiDoc.

    Code, strong text, emphasis and links stay. Every other character is shown as it is: what
    could be markup is written by its number, which every processor takes for text.

    Source: https://docs.asciidoctor.org/asciidoc/latest/subs/replacements/
    """
    written = ""
    parts = pieces(line)
    for number, piece in enumerate(parts):
        following = parts[number + 1].text[:1] if number + 1 < len(parts) else ""
        if written.endswith("]") and piece.kind != "text":
            written += "{empty}"  # else the words of a link are taken for attributes
        if piece.kind == "url" and written[-1:].isalnum():
            written += escaped(piece.text)
            continue
        inside_word = written[-1:].isalnum() or following.isalnum()
        written += _written(piece, doubled=inside_word or written.endswith((";", "}", ":")))
    return _begun(written.strip())


def escaped(text: str) -> str:
    """Return *text* so that it is read as it is, within a line."""
    return _SPECIAL.sub(_number, text).replace("://", "&#58;//")


def _number(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(sign)};" for sign in match[0])


def _written(piece: Piece, *, doubled: bool) -> str:
    text = piece.text
    match piece.kind:
        case "text":
            return escaped(text)
        case "url":
            return f"link:{_address(text)}[{_label(text)}]" if _SPECIAL.search(text) else text
        case "link":
            return f"link:{_address(piece.url)}[{_label(text)}]"
        case "code":
            mark, inner = "`", text if _PLAIN_CODE.fullmatch(text) else escaped(text)
        case "strong":
            mark, inner = "*", escaped(text)
        case _:
            mark, inner = "_", escaped(text)
    return f"{mark * 2}{inner}{mark * 2}" if doubled else f"{mark}{inner}{mark}"


def _label(text: str) -> str:
    return escaped(text).replace("]", "&#93;").replace('"', "&#34;")


def _address(url: str) -> str:
    """Return *url* with what AsciiDoc would read in it written as a URL writes such characters."""
    return "".join(f"%{ord(sign):02X}" if sign in "[]<>\\`*_^{}+|\"' $()" else sign for sign in url)


def _begun(line: str) -> str:
    """Keep the beginning of a line from being a title, a list or a block of its own."""
    return f"&#{ord(line[0])};{line[1:]}" if _BLOCK.match(line) else line
