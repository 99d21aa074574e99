"""Tiny projects that really build, for every test that needs something to release."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.fakes.repository import Repository

Backend = Literal["inline", "hatchling", "poetry"]

INLINE = Path(__file__).with_name("inline_backend.py").read_bytes().decode()

BUILD_SYSTEMS = {
    "inline": 'requires = []\nbuild-backend = "inline_backend"\nbackend-path = ["inline"]\n',
    "hatchling": 'requires = ["hatchling"]\nbuild-backend = "hatchling.build"\n',
    "poetry": 'requires = ["poetry-core>=2"]\nbuild-backend = "poetry.core.masonry.api"\n',
}


def static_project(
    repo: Repository,
    name: str = "demo",
    version: str = "0.1.0",
    *,
    backend: Backend = "inline",
    readme: str = "README.md",
    tables: str = "",
    inline: Mapping[str, object] | None = None,
    message: str | None = "feat: begin",
) -> Repository:
    """
    Write a project with a static version into *repo* and commit it.

    With the `inline` backend it builds in isolation without any network; the other two fetch
    their backend. What is built passes `twine check --strict` and PyPI's rules.

    Args:
        repo: Where to write; other files there stay.
        name: The project's name; the module is its normalised form.
        version: Goes into `[project]` (`[tool.poetry]` for poetry) exactly as given.
        backend: Who builds it.
        readme: Its file name; `.rst` makes the description reStructuredText, "" leaves it out.
        tables: Text for the end of `pyproject.toml`, such as `[tool.releasio]`.
        inline: Keys of `[tool.inline]`, which make the inline backend build what is wrong.
        message: The commit's; None leaves the files uncommitted.
    """
    module = re.sub(r"[-_.]+", "_", name).lower()
    head = _poetry if backend == "poetry" else _project
    text = head(name, version, module, readme)
    text += f"\n[build-system]\n{BUILD_SYSTEMS[backend]}"
    if inline:
        text += "\n[tool.inline]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in inline.items())
    repo.write("pyproject.toml", f"{text}\n{tables}" if tables else text)
    if backend == "inline":
        repo.write("inline/inline_backend.py", INLINE)
    if readme:
        repo.write(readme, f"{name}\n{'=' * len(name)}\n\nA project that exists to be released.\n")
    repo.write("LICENSE", "MIT License\n\nCopyright (c) the authors of this example\n")
    repo.write(f"src/{module}/__init__.py", _module(name))
    repo.write(".gitignore", "dist/\n__pycache__/\n")
    if message is not None:
        repo.commit(message)
    return repo


def require(repo: Repository, requires: str) -> None:
    """Have the inline backend of the project in *repo* require *requires*, as TOML has it."""
    text = repo.read("pyproject.toml").replace("requires = []", f"requires = {requires}")
    repo.write("pyproject.toml", text)


def _project(name: str, version: str, module: str, readme: str) -> str:
    return (
        "[project]\n"
        f'name = "{name}"\n'
        f'version = "{version}"\n'
        'description = "A project that exists to be released."\n'
        + (f'readme = "{readme}"\n' if readme else "")
        + 'license = "MIT"\n'
        'requires-python = ">=3.11"\n'
        f'\n[project.scripts]\n{name} = "{module}:main"\n'
    )


def _poetry(name: str, version: str, module: str, readme: str) -> str:
    return (
        "[tool.poetry]\n"
        f'name = "{name}"\n'
        f'version = "{version}"\n'
        'description = "A project that exists to be released."\n'
        'authors = ["Ada Tester <ada@example.org>"]\n'
        'license = "MIT"\n'
        + (f'readme = "{readme}"\n' if readme else "")
        + f'packages = [{{ include = "{module}", from = "src" }}]\n'
        '\n[tool.poetry.dependencies]\npython = ">=3.11"\n'
        f'\n[tool.poetry.scripts]\n{name} = "{module}:main"\n'
    )


def _module(name: str) -> str:
    return f'''"""A project that exists to be released."""


def greeting() -> str:
    return "hello from {name}"


def main() -> None:
    print(greeting())
'''
