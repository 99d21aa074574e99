"""How a release on the forge says that its version was yanked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.notes.escape import escape
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from packaging.version import Version

_BEGIN, _END = "<!-- releasio:yanked -->", "<!-- releasio:end -->"
_NOTICE = pattern(rf"{_BEGIN}.*?^{_END}(?:\r?\n)*", re.DOTALL | re.MULTILINE)
_TITLE = pattern(r"\byanked\b", re.IGNORECASE)


def yanked_title(title: str) -> str:
    """Return *title* so that it says it; one that does already stays as it is."""
    return title if _TITLE.search(title) else f"[YANKED] {title}".rstrip()


def yanked_body(body: str, version: Version, reason: str) -> str:
    """
    Return *body* with a notice at its top, in place of an older one; all else as it is.

    Without a *reason* a notice that is there is left alone: it may have one.
    """
    if not reason and _NOTICE.match(body):
        return body
    rest = _NOTICE.sub("", body, count=1)
    return f"{_notice(version, reason)}\n\n{rest}"


def _notice(version: Version, reason: str) -> str:
    why = f": {escape(reason)}" if reason else ""
    return "\n".join(
        (
            _BEGIN,
            "> [!CAUTION]",
            f"> **{version} was yanked**{why}",
            ">",
            f"> Installers pass over it, unless exactly this version is asked for (`=={version}`).",
            _END,
        )
    )
