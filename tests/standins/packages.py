"""Distributions made by hand: valid, tiny, and the same bytes every time."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import tarfile
import zipfile
from dataclasses import dataclass, field

LONG_AGO = (2020, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Package:
    """A file name, its bytes, and the form fields that go with it."""

    filename: str
    data: bytes
    fields: dict[str, str | list[str]] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def form(self, **changes: str | list[str] | None) -> dict[str, str | list[str]]:
        """Return the form fields, some of them changed, or left out where None."""
        form = {
            ":action": "file_upload",
            "protocol_version": "1",
            "sha256_digest": self.sha256,
            **self.fields,
            **changes,
        }
        return {name: value for name, value in form.items() if value is not None}


def metadata(name: str, version: str, *extra: str) -> bytes:
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *extra]
    return "".join(f"{line}\n" for line in [*lines, "Summary: A demo"]).encode()


def fields(name: str, version: str, kind: str, python: str) -> dict[str, str | list[str]]:
    return {
        "metadata_version": "2.1",
        "name": name,
        "version": version,
        "summary": "A demo",
        "filetype": kind,
        "pyversion": python,
    }


def wheel(
    name: str = "demo",
    version: str = "1.0",
    *,
    tag: str = "py3-none-any",
    filename: str | None = None,
    without: str = "",
    **more: bytes,
) -> Package:
    """Make a wheel; *without* one of its files, with *more* in `.dist-info`."""
    stem = f"{name.replace('-', '_').lower()}-{version}"
    members = {
        f"{name.replace('-', '_')}.py": f"__version__ = {version!r}\n".encode(),
        f"{stem}.dist-info/METADATA": metadata(name, version),
        f"{stem}.dist-info/WHEEL": b"Wheel-Version: 1.0\nGenerator: hand\n"
        b"Root-Is-Purelib: true\nTag: py3-none-any\n",
        **{f"{stem}.dist-info/{key}.txt": value for key, value in more.items()},
    }
    members[f"{stem}.dist-info/RECORD"] = record_of(members, f"{stem}.dist-info/RECORD")
    members.pop(f"{stem}.dist-info/{without}", None)
    return Package(
        filename or f"{stem}-{tag}.whl",
        zipped(members),
        fields(name, version, "bdist_wheel", "py3"),
    )


def sdist(
    name: str = "demo", version: str = "1.0", *, filename: str | None = None, note: str = ""
) -> Package:
    stem = f"{name.replace('-', '_').lower()}-{version}"
    members = {
        f"{stem}/PKG-INFO": metadata(name, version),
        f"{stem}/demo.py": f"# {note}\n".encode(),
    }
    return Package(
        filename or f"{stem}.tar.gz", tarred(members), fields(name, version, "sdist", "source")
    )


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, data in members.items():
            archive.writestr(zipfile.ZipInfo(path, LONG_AGO), data, compression)
    return buffer.getvalue()


def piped(members: dict[str, bytes]) -> bytes:
    """Zip as one zips into a pipe, which cannot be sought: with data descriptors."""

    class Pipe(io.RawIOBase):
        data = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.data += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:
        for path, data in members.items():
            archive.writestr(zipfile.ZipInfo(path, LONG_AGO), data)
    return pipe.data


def tarred(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for path, data in members.items():
            info = tarfile.TarInfo(path)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return gzip.compress(buffer.getvalue(), mtime=0)


def record_of(members: dict[str, bytes], path: str) -> bytes:
    """Return the RECORD, at *path*, of a wheel with these members."""
    lines = [f"{name},sha256={_record_hash(data)},{len(data)}" for name, data in members.items()]
    return "\n".join([*lines, f"{path},,", ""]).encode()


def _record_hash(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
