"""Make the edits that findings ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.setup.doctor import examine
from releasio.setup.patch import applied, together
from releasio.world.plain_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from releasio.setup.situation import Situation

_ROUNDS = 20  # one edit may bring to light what another one mends


def fix_files(root: Path, read: Callable[[], Situation]) -> tuple[str, ...]:
    """
    Make every edit that mends a finding; return the files that were changed.

    After each round everything is read again, since edits move lines.

    Args:
        root: The top of the work tree.
        read: Reads the situation afresh.

    Raises:
        OSError: A file cannot be written; it is as it was.
    """
    changed_paths: dict[str, None] = {}
    for _ in range(_ROUNDS):
        situation = read()
        patches = together(each.patch for each in examine(situation) if each.patch)
        texts = situation.texts()
        new_texts = applied(patches, texts)
        different = {path: text for path, text in new_texts.items() if text != texts.get(path)}
        if not different:
            break
        for path, text in different.items():
            write_whole(root / path, text.encode("utf-8"))
        changed_paths |= dict.fromkeys(different)
    return tuple(changed_paths)
