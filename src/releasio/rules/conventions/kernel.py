"""
Subjects as the Linux kernel has them: `subsystem: what was done`.

Source: https://docs.kernel.org/process/submitting-patches.html#the-canonical-patch-format
"""

from __future__ import annotations

import re

from releasio.rules.conventions.conventional import Entry
from releasio.rules.versions.version import Level

LACKS = "not a conventional commit, and no `subsystem: what was done` either"
LEVELS = {"patch": Level.PATCH}

_PREFIX = re.compile(
    r"(?:\[PATCH[^\[\]]{0,40}\] )?"  # what `git am --keep` leaves
    r"(?![A-Za-z]+-\d+:)"  # the number of an issue: gh-1234
    r"([\w.][\w./+*-]{0,40}(?:,? [\w.][\w./+*-]{0,40}){0,2}):[ \t]+(\S.*)"
).fullmatch


def read(subject: str) -> Entry | None:
    """Return what *subject* says: a patch of the subsystem that it names first."""
    head = _PREFIX(subject)
    return Entry("patch", head[1], marked=False, description=head[2]) if head else None
