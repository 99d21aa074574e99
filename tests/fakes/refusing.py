"""A remote that refuses pushes as a forge does: its words, and its reason for each ref."""

from __future__ import annotations

import stat
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

BYSTANDER = "atomic transaction failed"
# git gives such a hook the whole decision, and its words for each ref to who pushes
_HOOK = """
import subprocess
import sys

REF, REASON, LINES = {ref!r}, {reason!r}, {lines!r}
read, write = sys.stdin.buffer.read, sys.stdout.buffer.write


def packet():
    size = int(read(4), 16)
    return read(size - 4) if size else None


def section():
    return list(iter(packet, None))


def send(*texts):
    for text in texts:
        line = text.encode() + b"\\n"
        write(b"%04x%s" % (len(line) + 4, line))
    write(b"0000")
    sys.stdout.flush()


section()
send("version=1\\0atomic")
commands = [line.decode().split() for line in section()]
if any(ref.startswith(REF) for _, _, ref in commands):
    for line in LINES:
        print(line, file=sys.stderr)
    reasons = [(ref, REASON if ref.startswith(REF) else {bystander!r}) for _, _, ref in commands]
    send(*(f"ng {{ref}} {{reason}}" for ref, reason in reasons))
else:
    for old, new, ref in commands:
        subprocess.run(["git", "update-ref", ref, new, old], check=True)
    send(*(f"ok {{ref}}" for _, _, ref in commands))
"""


@dataclass(frozen=True)
class Refusal:
    """
    What a forge says.

    Attributes:
        reason: Of the ref, in brackets behind `[remote rejected]`.
        lines: After `remote:`.
        ref: The refs it is about, by their beginning.
    """

    reason: str
    lines: tuple[str, ...] = ()
    ref: str = "refs/heads/main"


def refuse(remote: Repository, refusal: Refusal) -> None:
    """Let the bare repository *remote* refuse what *refusal* is about, and take all else."""
    remote.git("config", "receive.procReceiveRefs", "refs")
    hook = remote.path / "hooks" / "proc-receive"
    hook.parent.mkdir(exist_ok=True)
    text = _HOOK.format(
        ref=refusal.ref, reason=refusal.reason, lines=refusal.lines, bystander=BYSTANDER
    )
    hook.write_text(f"#!{sys.executable}\n{text}", encoding="utf-8")
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)


def allow(remote: Repository) -> None:
    """Let *remote* take pushes again."""
    remote.git("config", "--unset", "receive.procReceiveRefs")
