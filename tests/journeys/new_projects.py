"""
What tools write for a new project: `uv init --package`, `hatch new`, `poetry new`.

Taken from uv 0.13.9, Hatch 1.18.2 and Poetry 2.5.1, with the parts of Hatch's that no build reads
left out. The fourth is a project of setuptools whose one description is setup.cfg.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

UV = {
    ".gitignore": "__pycache__/\n*.py[oc]\nbuild/\ndist/\nwheels/\n*.egg-info\n\n.venv\n",
    ".python-version": "3.11\n",
    "README.md": "",
    "pyproject.toml": """\
[project]
name = "uv-demo"
version = "0.1.0"
description = "Add your description here"
readme = "README.md"
authors = [
    { name = "Ada Tester", email = "ada@example.org" }
]
requires-python = ">=3.11"
dependencies = []

[project.scripts]
uv-demo = "uv_demo:main"

[build-system]
requires = ["uv_build>=0.13,<0.14.0"]
build-backend = "uv_build"
""",
    "src/uv_demo/__init__.py": 'def main() -> None:\n    print("Hello from uv-demo!")\n',
}

HATCH = {
    "LICENSE.txt": "MIT License\n\nCopyright (c) 2026-present Ada Tester <ada@example.org>\n",
    "README.md": "# hatch demo\n\n-----\n\n## Installation\n\n"
    "```console\npip install hatch-demo\n```\n",
    "pyproject.toml": """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "hatch-demo"
dynamic = ["version"]
description = ''
readme = "README.md"
requires-python = ">=3.8"
license = "MIT"
keywords = []
authors = [
  { name = "Ada Tester", email = "ada@example.org" },
]
classifiers = [
  "Development Status :: 4 - Beta",
  "Programming Language :: Python",
  "Programming Language :: Python :: 3.8",
  "Programming Language :: Python :: Implementation :: CPython",
]
dependencies = []

[project.urls]
Documentation = "https://github.com/Ada Tester/hatch-demo#readme"
Issues = "https://github.com/Ada Tester/hatch-demo/issues"
Source = "https://github.com/Ada Tester/hatch-demo"

[tool.hatch.version]
path = "src/hatch_demo/__about__.py"
""",
    "src/hatch_demo/__about__.py": '__version__ = "0.0.1"\n',
    "src/hatch_demo/__init__.py": "",
    "tests/__init__.py": "",
}

POETRY = {
    "README.md": "",
    "pyproject.toml": """\
[project]
name = "poetry-demo"
version = "0.1.0"
description = ""
authors = [
    {name = "Ada Tester",email = "ada@example.org"}
]
readme = "README.md"
requires-python = ">=3.11"
dependencies = [
]

[tool.poetry]
packages = [{include = "poetry_demo", from = "src"}]

[build-system]
requires = ["poetry-core>=2.0.0,<3.0.0"]
build-backend = "poetry.core.masonry.api"
""",
    "src/poetry_demo/__init__.py": "",
    "tests/__init__.py": "",
}

SETUP_CFG = {
    "README.md": "# cfg-demo\n",
    "setup.cfg": """\
[metadata]
name = cfg-demo
version = 0.1.0
description = A demo
long_description = file: README.md
long_description_content_type = text/markdown

[options]
packages = find:
package_dir =
    = src
python_requires = >=3.9

[options.packages.find]
where = src
""",
    "setup.py": "from setuptools import setup\n\nsetup()\n",
    "src/cfg_demo/__init__.py": '"""Demo."""\n',
}

# what neither pip nor `build` would build by itself
SETUP_CFG_ALONE = {name: text for name, text in SETUP_CFG.items() if name != "setup.py"}

NEW: Mapping[str, Mapping[str, str]] = {
    "uv-demo": UV,
    "hatch-demo": HATCH,
    "poetry-demo": POETRY,
    "cfg-demo": SETUP_CFG,
    "cfg-demo-alone": SETUP_CFG_ALONE,
}
