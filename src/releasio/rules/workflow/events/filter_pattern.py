"""The pattern language of `branches`, `tags` and `paths`; it is neither a shell's nor a regex."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

_TOKEN = re.compile(
    r"(?P<folders>(?:(?<=/)|^)\*\*/)"
    r"|(?P<stars>\*\*)|(?P<star>\*)|(?P<quantity>[?+])"
    r"|(?P<set>\[[^\]]+\])|\\(?P<escaped>.)|(?P<plain>.)",
    re.DOTALL,
)
_REGEX_SIGN = re.compile(r"\\[dDwWsS]|^\^|\([^()]*\|[^()]*\)|\(\?:|\$$")
_SPECIAL_IN_A_SET = re.compile(r"[^0-9A-Za-z-]")


@frozen
class FilterPattern:
    """
    One pattern of a filter.

    `*` is any text without `/`, `**` any text; `?` and `+` make the character before them optional
    or repeat it; `[ab0-9]` is one of these characters; `!` at the beginning takes back what
    patterns before it took; a backslash takes the next character as it is.

    Attributes:
        text: As it is written.

    Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
    """

    text: str

    @property
    def is_negative(self) -> bool:
        """Whether it takes back."""
        return self.text.startswith("!")

    @property
    def body(self) -> str:
        """What it compares with."""
        return self.text.removeprefix("!")

    @property
    def prefix(self) -> str:
        """What every name that it matches begins with, as far as that is plain text."""
        literal = re.match(r"[^*?+\[\\]*", self.body)
        text = literal[0] if literal else ""
        follows = self.body[len(text) : len(text) + 1]
        return text[:-1] if follows in {"?", "+"} else text

    @property
    def regex_sign(self) -> str:
        r"""
        What in it only a regular expression knows: `\d`, `^`, `(a|b)`, `$`; empty: nothing.

        `v1.*` and `v[0-9]*` are none: they take what their author means, for another reason.
        """
        match = _REGEX_SIGN.search(self.body)
        return match[0] if match else ""

    def matches(self, name: str) -> bool:
        """Tell whether *name* is what it describes, apart from `!`."""
        return bool(_compiled(self.body).fullmatch(name))


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


def _compiled(body: str) -> re.Pattern[str]:
    parts: list[str] = []
    for match in _TOKEN.finditer(body):
        text = match[0]
        match match.lastgroup:
            case "folders":
                parts.append("(?:.*/)?")
            case "stars":
                parts.append("(?:.*)")
            case "star":
                parts.append("(?:[^/]*)")
            case "quantity" if parts and not parts[-1].endswith(("?", "+")):
                parts[-1] += text
            case "quantity":
                parts.append(re.escape(text))
            case "set":
                parts.append(f"[{_SPECIAL_IN_A_SET.sub(_escaped, text[1:-1])}]")
            case "escaped":
                parts.append(re.escape(match["escaped"]))
            case _:
                parts.append(re.escape(text))
    try:
        return re.compile("".join(parts), re.DOTALL)
    except re.error:  # a range that runs backwards
        return re.compile(re.escape(body))


def takes(patterns: Iterable[str], name: str) -> bool:
    """
    Tell whether a filter of *patterns* lets *name* through; the last that matches decides.

    Args:
        patterns: In their order.
        name: Of a branch or tag, without `refs/heads/`, or a path.
    """
    answer = False
    for pattern in map(FilterPattern, patterns):
        if pattern.matches(name):
            answer = not pattern.is_negative
    return answer
