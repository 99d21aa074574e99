"""What programs print when a disk is full."""

from __future__ import annotations

import re

from releasio.text.pattern import pattern

_FULL = pattern(
    r"no space left|out of disk ?space|not enough space on the disk|quota exceeded|"
    r"OSError\(28,|\[Errno 28\]|\(os error 28\)",
    re.IGNORECASE,
)


def tells_full_disk(text: str) -> bool:
    """Tell whether what git, an installer or Python printed says that a disk is full."""
    return _FULL.search(" ".join(text.split())) is not None  # uv breaks its lines
