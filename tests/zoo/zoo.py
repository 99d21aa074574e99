"""The projects of the zoo, as zoo.toml describes them, and repositories of them."""

from __future__ import annotations

import subprocess
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fakes.repository import START, Repository

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
WHO = f"Ada Tester <ada@example.org> {START} +0000"


@dataclass(frozen=True)
class Project:
    """A project of the zoo; what its fields mean, zoo.toml says."""

    name: str
    version: str = "1.2.0"
    next: str = "1.3.0"
    changes: Mapping[str, str] = field(default_factory=dict)
    shows: str = "metadata"
    needs: str = ""
    build: bool = False
    folder: str = ""
    spelled: tuple[str, ...] = ()
    refused: str = ""
    names: str = ""

    def __str__(self) -> str:
        return self.name

    @property
    def written(self) -> tuple[str, ...]:
        """Both versions, as the files have them."""
        return self.spelled or (self.version, self.next)

    @property
    def files(self) -> dict[str, bytes]:
        """Return what is in the repository, by path."""
        root = HERE / "projects" / self.name
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        }


def _read() -> tuple[Project, ...]:
    table = tomllib.loads((HERE / "zoo.toml").read_text(encoding="utf-8"))
    return tuple(Project(name, **values) for name, values in table.items())


ZOO = _read()
READ = [project for project in ZOO if not project.refused]
REFUSED = [project for project in ZOO if project.refused]


def empty(repo: Repository) -> None:
    """Have *repo* be a repository without commits that keeps every byte of a file."""
    repo.git("config", "core.autocrlf", "false")


def release_once(repo: Repository, files: Mapping[str, bytes], tag: str | None) -> None:
    """
    Fill *repo*, which has no commits, with the release of *files*, and one feature since.

    Args:
        repo: Where to.
        files: By path.
        tag: The release's; `None`: nothing was released yet.
    """
    stream = [_commit("feat: begin", files)]
    if tag:
        head = f"tag {tag}\nfrom refs/heads/main\ntagger {WHO}\n"
        stream.append(head.encode() + _data(b"release"))
    stream.append(_commit("feat: more", {}))
    words = ["git", "fast-import", "--quiet"]
    subprocess.run(words, cwd=repo.path, input=b"".join(stream), check=True)
    repo.git("reset", "--quiet", "--hard")


def _commit(message: str, files: Mapping[str, bytes]) -> bytes:
    head = f"commit refs/heads/main\ncommitter {WHO}\n".encode() + _data(message.encode())
    return head + b"".join(
        f'M 100644 inline "{path}"\n'.encode() + _data(content) for path, content in files.items()
    )


def _data(content: bytes) -> bytes:
    return f"data {len(content)}\n".encode() + content + b"\n"
