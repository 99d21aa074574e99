"""Distribution files, written byte by byte and in no time."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import tarfile
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

METADATA = """\
Metadata-Version: 2.1
Name: {name}
Version: {version}
Summary: A demonstration
"""


def wheel(
    folder: Path, name: str = "demo", version: str = "1.0", *, metadata: str = "", text: str = ""
) -> Path:
    """Write a wheel that pip installs; *metadata* takes the place of all headers."""
    stem = f"{name.replace('-', '_').lower()}-{version}"
    info = f"{stem}.dist-info"
    files = {
        f"{name.replace('-', '_').lower()}.py": f'__version__ = "{version}"\n{text}',
        f"{info}/METADATA": metadata or METADATA.format(name=name, version=version),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\n"
        "Tag: py3-none-any\n",
    }
    record = "".join(f"{path},sha256={_digest(body)},{len(body)}\n" for path, body in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n"
    target = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(target, "w") as archive:
        for path, body in files.items():
            archive.writestr(zipfile.ZipInfo(path, (2026, 1, 2, 3, 4, 6)), body)
    return target


def sdist(folder: Path, name: str = "demo", version: str = "1.0", *, metadata: str = "") -> Path:
    """Write a source distribution with hardly more than its metadata."""
    stem = f"{name.replace('-', '_').lower()}-{version}"
    body = (metadata or METADATA.format(name=name, version=version)).encode()
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as archive:
        for path, content in (("PKG-INFO", body), ("pyproject.toml", b"[project]\n")):
            member = tarfile.TarInfo(f"{stem}/{path}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    target = folder / f"{stem}.tar.gz"
    target.write_bytes(gzip.compress(raw.getvalue(), mtime=0))
    return target


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
