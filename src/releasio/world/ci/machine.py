"""What the machine is called by its firmware."""

from __future__ import annotations

from pathlib import Path

_PRODUCT = Path("/sys/class/dmi/id/product_name")


def product_name(path: Path = _PRODUCT) -> str:
    """
    Return the machine's product name; empty when it tells none.

    Only Linux tells it in a file. Elsewhere what depends on it must be asked for
    by name, as GOOGLE_SERVICE_ACCOUNT_NAME asks for Google's identity.
    """
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
