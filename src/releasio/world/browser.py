"""The browser of whoever sits here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def open_page(path: Path) -> bool:
    """Show the file at *path*; return whether there is a browser for it."""
    import webbrowser

    return webbrowser.open(path.as_uri())
