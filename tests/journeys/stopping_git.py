"""
Kills git, and whoever started it, at a chosen point of a command that changes something.

`GIT_STOPS` is `N HOW`: at the N-th such command, or at the first one that has N among its words;
the script in `test_killed_landing`, which stands in front of git, counts them. HOW is one of

- `before`, `after`: git is not started yet, or has ended;
- `locked TEXT`: the locks it takes are made, with TEXT in them, as git does first;
- `written BYTES`: git itself is killed as it writes more than so many bytes into a file;
- `prepared`, `committed`: git itself is killed in the middle of changing a ref, before the
  locks become the refs and after that; its hook is where that is;
- `indexed`: git itself is killed right after it wrote the index;
- `alone HOW`: only git is killed; who started it goes on.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

CHANGING = ("update-ref", "read-tree", "update-index", "push")
KILL = "#!/bin/sh\n{condition}kill -9 $PPID\n"


def main() -> None:
    words = sys.argv[1:]
    command = next(word for word in words if word in CHANGING)
    _, _, how = os.environ["GIT_STOPS"].partition(" ")
    alone, how = how.startswith("alone "), how.removeprefix("alone ")
    stop(words, command, how)
    if not alone:
        os.kill(os.getppid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def stop(words: list[str], command: str, how: str) -> None:
    """Let git come as far as *how* says."""
    match how.split(" "):
        case ["after"]:
            subprocess.run([os.environ["REAL_GIT"], *words], check=True)
        case ["locked", *text]:
            for lock in locks(words, command):
                lock.parent.mkdir(parents=True, exist_ok=True)
                lock.write_text(" ".join(text), encoding="utf-8")
        case ["written", size]:
            limit = int(size)
            subprocess.run(
                [os.environ["REAL_GIT"], *words],
                check=False,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
            )
        case ["prepared" | "committed" as state]:
            condition = f'test "$1" = {state} || exit 0\n'
            hooked(words, command, "reference-transaction", condition)
        case ["indexed"]:
            hooked(words, command, "post-index-change", "")


def hooked(words: list[str], command: str, hook: str, condition: str) -> None:
    """Run git with a hook that kills it."""
    folder = Path(os.environ["GIT_COMMANDS"]).with_name("hooks")
    folder.mkdir(exist_ok=True)
    path = folder / hook
    path.write_text(KILL.format(condition=condition), encoding="utf-8")
    path.chmod(0o755)
    at = words.index(command)
    with_hook = [*words[:at], "-c", f"core.hooksPath={folder}", *words[at:]]
    subprocess.run([os.environ["REAL_GIT"], *with_hook], check=False)
    path.unlink()


def locks(words: list[str], command: str) -> list[Path]:
    """Return the locks that *command* takes."""
    if command == "update-ref":
        ref = next(word for word in words if word.startswith("refs/") or word == "HEAD")
        named = [f"{ref}.lock"]
        if ref == "HEAD":
            named.append(f"{asked('symbolic-ref', 'HEAD')}.lock")
        if "-d" in words:
            named += ["packed-refs.lock", "packed-refs.new"]
    elif command == "push":
        *_, remote, branch, _ = words
        named = [f"refs/remotes/{remote}/{branch.rpartition('/heads/')[2]}.lock"]
    else:
        named = ["index.lock"]
    # what all work trees share; git is asked where the others are
    common = Path(asked("rev-parse", "--git-common-dir"))
    shared = [common / name for name in named if name.startswith(("refs/", "packed-refs"))]
    own = [name for name in named if not name.startswith(("refs/", "packed-refs"))]
    return [*shared, *(Path(asked("rev-parse", "--git-path", name)) for name in own)]


def asked(*words: str) -> str:
    told = subprocess.run(
        [os.environ["REAL_GIT"], *words], check=True, capture_output=True, text=True
    )
    return told.stdout.strip()


main()
