"""Render project descriptions as the index does."""

from __future__ import annotations

import io
import re
from email.message import EmailMessage
from functools import cache

# docutils writes: <string>:3: (WARNING/2) Title underline too short.
_REPORT = re.compile(r"^<string>:(?P<line>\d*): \([A-Z]+/\d+\) (?P<text>.*)$", re.MULTILINE)


def description_problems(text: str | None, content_type: str | None) -> tuple[str, ...]:
    """
    Return what the index refuses in a description; empty when it is fine, or missing.

    Without a content type it counts as reStructuredText, which is only a note where it renders:
    see `rules/distribution/second_opinion.py`.

    Args:
        text: The description.
        content_type: `Description-Content-Type` of the metadata.
    """
    if not text or text.strip() in {"", "UNKNOWN"}:
        return ()  # the index takes that, and twine warns of it
    header = EmailMessage()
    header["content-type"] = content_type or "text/x-rst"
    if header.get_content_type() in {"text/plain", "text/markdown"}:
        return ()  # these always render
    if not (flaw := _rst_flaw(text)):
        return ()
    if content_type:
        return (f"it does not render as text/x-rst: {flaw}",)
    return (f"without a content type it counts as text/x-rst, and does not render as that: {flaw}",)


@cache  # most often all files of a release have the same
def _rst_flaw(text: str) -> str:
    # the index's own renderer; docutils behind it takes 200 ms to load
    from readme_renderer import rst

    reports = io.StringIO()
    if rst.render(text, stream=reports) is not None:
        return ""
    lines = [f"line {m['line']}: {m['text']}" for m in _REPORT.finditer(reports.getvalue())]
    return "; ".join(lines or ["no reason given"])
