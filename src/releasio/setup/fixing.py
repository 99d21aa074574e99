"""Make the edits that findings ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.git.surroundings import LinkInTheWay
from releasio.errors.setup import FileChangedMeanwhile, FileReadOnly
from releasio.setup.doctor import examine
from releasio.setup.patches.meaning import is_sound
from releasio.setup.patches.patch import applied, together
from releasio.world.file_set import require_plain, require_writable, write_together
from releasio.world.plain_file import read_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from releasio.errors.base import ReleasioError
    from releasio.setup.situation.situation import Situation

_ROUNDS = 20  # one edit may bring to light what another one mends
_BOM = b"\xef\xbb\xbf"


def fix_files(
    root: Path, read: Callable[[], Situation]
) -> tuple[tuple[str, ...], tuple[ReleasioError, ...]]:
    """
    Make every edit that mends a finding.

    After each round everything is read again, since edits move lines.

    Args:
        root: The top of the work tree.
        read: Reads the situation afresh.

    Returns:
        The files that were changed, and why others could not be: a link, or what nobody may write.

    Raises:
        OSError: A file cannot be written; all are as they were in this round.
    """
    changed_paths: dict[str, None] = {}
    obstacles: dict[str, ReleasioError] = {}
    for _ in range(_ROUNDS):
        situation = read()
        texts = situation.texts()
        patches = [finding.patch for finding in examine(situation) if finding.patch]
        for path in {edit.path for patch in patches for edit in patch.edits} - obstacles.keys():
            obstacle = _obstacle(root, path)
            if obstacle is not None:
                obstacles[path] = obstacle
        chosen = together(
            patch for patch in patches if not any(edit.path in obstacles for edit in patch.edits)
        )
        if not is_sound(chosen, texts):
            chosen = chosen[:1]  # each is alone
        new_texts = applied(chosen, texts)
        different = {path: text for path, text in new_texts.items() if text != texts.get(path)}
        if not different:
            break
        try:
            _write(root, different, texts)
        except FileChangedMeanwhile:
            continue  # somebody else mends: what is left is found in the next round
        changed_paths |= dict.fromkeys(different)
    return tuple(changed_paths), tuple(obstacles.values())


def _obstacle(root: Path, path: str) -> ReleasioError | None:
    try:
        require_plain(root, path)
        if (root / path).exists():
            require_writable(root / path, path)
    except (LinkInTheWay, FileReadOnly) as error:
        return error
    return None


def _write(root: Path, new_texts: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """Write *new_texts* in place of *texts*; a byte order mark stays."""
    contents: dict[Path, bytes] = {}
    before: dict[Path, bytes | None] = {}
    for path, text in new_texts.items():
        file = root / path
        mark = b""
        before[file] = None
        if path in texts:
            is_marked = file.exists() and read_plain(file).startswith(_BOM)
            mark = _BOM if is_marked and not texts[path].startswith("\ufeff") else b""
            before[file] = mark + texts[path].encode()
        contents[file] = mark + text.encode()
    write_together(contents, before)
