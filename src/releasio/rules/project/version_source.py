"""Where a dynamic version comes from, in the words of the build backend's settings."""

from __future__ import annotations

from typing import Any

# table, key, and whether its value says more than that the table is there
_SOURCES = (
    ("tool.hatch.version", "path"),
    ("tool.hatch.version", "source"),
    ("tool.setuptools.dynamic.version", "attr"),
    ("tool.setuptools.dynamic.version", "file"),
    ("tool.setuptools_scm", None),
    ("tool.pdm.version", "path"),
    ("tool.pdm.version", "source"),
    ("tool.uv-dynamic-versioning", None),
    ("tool.poetry-dynamic-versioning", None),
    ("tool.versioningit", None),
    ("tool.flit.module", "name"),
)


def version_source(data: dict[str, Any]) -> str:
    """Return the setting that the version comes from, or the build backend when none is named."""
    for table, key in _SOURCES:
        node: Any = data
        for name in table.split("."):
            node = node.get(name) if isinstance(node, dict) else None
        if node is not None and key is None:
            return f"[{table}]"
        if isinstance(node, dict) and key in node:
            return f"[{table}] {key} = {node[key]!r}"
    backend = data.get("build-system", {})
    backend_name = backend.get("build-backend") if isinstance(backend, dict) else None
    return f"the build backend {backend_name or 'setuptools'}"
