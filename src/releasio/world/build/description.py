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
    Return what `twine check --strict` finds in a description; empty when it is fine, or missing.

    Args:
        text: The description.
        content_type: `Description-Content-Type` of the metadata.
    """
    if not text or text.strip() in {"", "UNKNOWN"}:
        return ()  # the index takes that; `rules/distribution/remarks.py` says so
    problems = []
    if content_type is None:
        problems.append("its content type is missing, so it counts as text/x-rst")
    header = EmailMessage()
    header["content-type"] = content_type or "text/x-rst"
    if header.get_content_type() in {"text/plain", "text/markdown"}:
        return tuple(problems)  # these always render
    return (*problems, *_rst_problems(text))


@cache  # most often all files of a release have the same
def _rst_problems(text: str) -> tuple[str, ...]:
    # the index's own renderer; docutils behind it takes 200 ms to load
    from readme_renderer import rst

    reports = io.StringIO()
    if rst.render(text, stream=reports) is not None:
        return ()
    lines = [f"line {m['line']}: {m['text']}" for m in _REPORT.finditer(reports.getvalue())]
    return ("it does not render as text/x-rst: " + "; ".join(lines or ["no reason given"]),)
