"""How Sphinx builds the site; `make docs` does it with every warning an error."""

from __future__ import annotations

import sys
from pathlib import Path

import releasio

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "releasio"
project_copyright = "the releasio developers"
version = release = releasio.__version__

extensions = [
    "myst_parser",
    "sphinx_click",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",  # reads docstrings as ours are written
    "from_code",
]
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
smartquotes = False  # they make a dash of the two hyphens of an option, which nobody can type

autodoc_member_order = "bysource"

html_theme = "furo"
html_title = f"releasio {release}"
html_show_sphinx = False
