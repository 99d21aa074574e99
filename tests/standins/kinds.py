"""Distributions of every kind, good and bad, each in a project of its own, as bytes."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import warnings
import zipfile
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from packaging.metadata import parse_email

from tests.standins.packages import LONG_AGO, Package, piped, record_of, tarred, zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MARKDOWN = ("Description-Content-Type: text/markdown", "", "# A demo")
TWINE_ALONE = "another METADATA"  # twine reads the one that lies highest
BAD = "Invalid distribution file. "
_PLURAL = {
    "import_names": "import_name",
    "import_namespaces": "import_namespace",
    "license_files": "license_file",
    "platforms": "platform",
    "supported_platforms": "supported_platform",
}


@dataclass(frozen=True)
class Kind:
    """
    One distribution.

    `says` is a stable part of what the index answers, empty if it takes the file; `ours` of what
    we say before the upload, where that differs. What twine alone refuses, we refuse, too.
    """

    title: str
    package: Package
    says: str = ""
    ours: str = ""

    @property
    def project(self) -> str:
        return str(self.package.fields["name"])


@cache
def kinds() -> tuple[Kind, ...]:
    """Return all of them: the same bytes every time."""
    makers = [*_good(), *_names(), *_metadata(), *_addresses(), *_wheels(), *_sdists()]
    made = []
    for number, (title, make, says, ours) in enumerate(makers):
        package = make(f"kind-{number + 100}")
        stem = f"kind_{number + 100}"
        made.append(Kind(title, package, says.replace("{n}", stem), ours.replace("{n}", stem)))
    return tuple(made)


Row = tuple[str, "Callable[[str], Package]", str, str]


def _row(title: str, make: Callable[[str], Package], says: str = "", ours: str = "") -> Row:
    return title, make, says, ours


def _core(name: str, *lines: str, version: str = "1.0", core: str = "2.4") -> bytes:
    head = [f"Metadata-Version: {core}", f"Name: {name}", f"Version: {version}"]
    body = lines if any(not line for line in lines) else (*lines, *MARKDOWN)
    return "".join(f"{line}\n" for line in [*head, *body]).encode()


def _fields(metadata: bytes, kind: str) -> dict[str, str | list[str]]:
    """Return the form of an upload, also of metadata that no tool would send."""
    raw, _ = parse_email(metadata)
    form: dict[str, str | list[str]] = {
        "filetype": kind,
        "pyversion": "py3" if kind == "bdist_wheel" else "source",
    }
    for name, value in raw.items():
        if isinstance(value, dict):
            form[name] = [f"{label}, {url}" for label, url in value.items()]
        elif name == "keywords":
            form[name] = ",".join(value)  # type: ignore[arg-type]
        elif isinstance(value, list):
            form[_PLURAL.get(name, name)] = value
        else:
            form[name] = str(value)
    if str(form["metadata_version"]) < "2.4":
        form.pop("license_file", None)  # as every tool does
    return form


def wheel(
    name: str,
    *lines: str,
    version: str = "1.0",
    core: str = "2.4",
    tag: str = "py3-none-any",
    filename: str = "",
    without: str = "",
    change: Callable[[dict[str, bytes]], bytes] = zipped,
    **more: bytes,
) -> Package:
    """Make a wheel: *more* are files, with `__` for `/` and `DIST` for the `.dist-info`."""
    stem = f"{name.replace('-', '_')}-{version}"
    info = f"{'-'.join((filename or stem).split('-')[:2])}.dist-info"
    metadata = _core(name, *lines, version=version, core=core)
    members = {
        f"{name.replace('-', '_')}.py": f"NAME = {name!r}\n".encode(),
        f"{info}/METADATA": metadata,
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\n"
        f"Tag: {tag}\n".encode(),
    }
    members |= {k.replace("__", "/").replace("DIST", info): v for k, v in more.items()}
    members[f"{info}/RECORD"] = record_of(members, f"{info}/RECORD")
    members.pop(f"{info}/{without}", None)
    fields = _fields(metadata, "bdist_wheel")
    return Package(filename or f"{stem}-{tag}.whl", change(members), fields)


def sdist(
    name: str,
    *lines: str,
    version: str = "1.0",
    core: str = "2.4",
    filename: str = "",
    change: Callable[[dict[str, bytes]], bytes] = tarred,
    **more: bytes,
) -> Package:
    """Make an sdist that builds; *more* are files, with `__` for `/` and `TOP` for its folder."""
    stem = f"{name.replace('-', '_')}-{version}"
    metadata = _core(name, *lines, version=version, core=core)
    members = {f"{stem}/PKG-INFO": metadata, f"{stem}/demo.py": f"# {name}\n".encode()}
    members |= {k.replace("__", "/").replace("TOP", stem): v for k, v in more.items()}
    return Package(filename or f"{stem}.tar.gz", change(members), _fields(metadata, "sdist"))


def _good() -> Iterator[Row]:
    yield _row("a wheel", wheel)
    yield _row("an sdist", sdist)
    many = "cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64"
    yield _row("a manylinux wheel", lambda n: wheel(n, tag=many))
    yield _row("a wheel with a build number", lambda n: wheel(n, filename=_named(n, "1.0-7")))
    yield _row("a pre-release", lambda n: wheel(n, version="1.0rc1"))
    yield _row("a stored wheel", lambda n: wheel(n, change=_stored))
    yield _row("entry points", lambda n: wheel(n, **_script(b"a = b:c")))
    licence = "License-File: LICENSE"
    yield _row("a wheel's licence", lambda n: wheel(n, licence, DIST__licenses__LICENSE=b"MIT"))
    yield _row("an sdist's licence", lambda n: sdist(n, licence, TOP__LICENSE=b"MIT"))
    yield _row("a licence before its time", lambda n: sdist(n, licence, core="2.1"))
    yield _row("unknown values", lambda n: wheel(n, "Summary: UNKNOWN", "Home-page: UNKNOWN"))
    rich = (
        "License-Expression: MIT OR Apache-2.0",
        "Author-email: Ada <ada@example.org>, b@example.org",
        "Project-URL: Home, https://example.org",
        "Classifier: Programming Language :: Python :: 3",
        "Requires-Dist: packaging>=1; extra == 'x'",
        "Provides-Extra: x",
        "Keywords: a,b",
        "Requires-Python: >=3.8",
    )
    yield _row("much metadata", lambda n: wheel(n, *rich))
    yield _row(
        TWINE_ALONE,
        lambda n: wheel(n, METADATA=b"Metadata-Version: 9\n"),
        ours="twine refuses {n}-1.0-py3-none-any.whl, which releasio would take: Invalid "
        "distribution metadata: '9' is not a valid metadata version;",
    )
    yield _row("a RECORD that is wrong", lambda n: wheel(n, DIST__RECORD=b"x,,\n", change=lying))


def _names() -> Iterator[Row]:
    should = "should contain the normalized project name '{n}', not"
    yield _row("a wheel with a hyphen less", lambda n: wheel(n, filename=_capital(n)), should)
    yield _row("an sdist with a hyphen", _hyphened, "is invalid, should be '{n}-1.0.tar.gz'.")
    yield _row(
        "a zipped sdist",
        lambda n: sdist(n, filename=f"{n.replace('-', '_')}-1.0.zip", change=zipped),
        "Filename '{n}-1.0.zip' is invalid, should be '{n}-1.0.tar.gz'.",
    )
    yield _row("another project", lambda n: wheel(n, filename="a-1.0-py3-none-any.whl"), "Start f")
    yield _row(
        "another version",
        lambda n: wheel(n, filename=_named(n, "2.0")),
        "Version in filename should be '1.0' not '2.0'.",
    )
    yield _row("a bad build number", lambda n: wheel(n, filename=_named(n, "1.0-q")), "Invalid b")
    yield _row(
        "too few parts",
        lambda n: wheel(n, filename=f"{n.replace('-', '_')}-1.0-py3-none.whl"),
        "Invalid wheel filename (wrong number of parts): '{n}-1.0-py3-none'",
    )
    for platform in ("linux_x86_64", "macosx_12_1_x86_64", "manylinux2014_riscv64"):
        yield _row(
            platform,
            lambda n, platform=platform: wheel(n, tag=f"cp311-cp311-{platform}"),
            *[f"unsupported platform tag '{platform}'."] * 2,
        )


def _metadata() -> Iterator[Row]:
    licences = "License: MIT\nLicense-Expression: MIT"
    table = {
        "Classifier: Framework :: Nonsense": "'Framework :: Nonsense' is not a valid classifier.",
        "Classifier: Private :: Do Not Upload": "is not a valid classifier.",
        "Classifier: Natural Language :: Ukranian": "has been deprecated, use one of",
        "Requires-Dist: a @ https://example.org/a.zip": "Can't have direct dependency: a @",
        "Requires-Dist: a b": "'a b' is invalid for 'requires-dist'.",
        "Requires-Python: three": "'three' is invalid for 'requires-python'.",
        "Provides-Extra: a b": "'a b' is invalid for 'provides-extra'.",
        "License-Expression: Frei": "is invalid for 'license-expression'",
        licences: "License is deprecated when License-Expression is present.",
        f"Summary: {'x' * 513}": "'summary' field must be 512 characters or less.",
        "Home-page: example.org": "'example.org' is not a valid url.",
        "Home-page: https://:443": "'https://:443' is not a valid url.",
        "Home-page: https://me@": "'https://me@' is not a valid url.",
        "Home-page: https://a@b@example.org": "'https://a@b@example.org' is not a valid url.",
        "Download-URL: ftp://example.org": "'ftp://example.org' is not a valid url.",
        f"Project-URL: {'l' * 33}, https://example.org": "must be 32 characters or less",
        "Project-URL: Home, example": "'example' is not a valid url",
        "Dynamic: Colour": "is not a valid dynamic field",
        "Dynamic: Name": "is not allowed as a dynamic field",
        "License-File: ../LICENSE": "is invalid for 'license-file'",
    }
    for line, says in table.items():
        yield _row(line[:40], lambda n, line=line: wheel(n, *line.split("\n")), says)
    yield _row(
        "a field before its time",
        lambda n: wheel(n, "License-Expression: MIT", core="2.3"),
        "license-expression introduced in metadata version 2.4, not 2.3.",
    )
    yield _row("no such metadata version", lambda n: wheel(n, core="2.0"), "'2.0' is not a valid m")
    yield _row("metadata version x", lambda n: wheel(n, core="x"), "'x' is not a valid metadata v")
    for kind in ("text/html", "text/markdown; charset=latin-1", "text/markdown; variant=X"):
        yield _row(
            kind,
            lambda n, kind=kind: wheel(n, f"Description-Content-Type: {kind}", "", "# A demo"),
            "'description-content-type'",
        )
    rst = ("Description-Content-Type: text/x-rst", "", "A demo", "======", "", ".. nosuch::")
    words = "The description failed to render for 'text/x-rst'."
    ours = "it does not render as text/x-rst: line 4: Unknown directive type"
    yield _row("broken reStructuredText", lambda n: sdist(n, *rst), words, ours)
    yield _row(
        "a local version",
        lambda n: wheel(n, version="1.0+g1"),
        "The use of local versions in '1.0+g1' is not allowed.",
    )


def _addresses() -> Iterator[Row]:
    for field, address in (("Author-email", "ada"), ("Maintainer-email", "ada@")):
        yield _row(
            field,
            lambda n, field=field, address=address: wheel(n, f"{field}: {address}"),
            f"'{address}' is not a valid email address: ",
            f"'{address}' is not a valid email address.",
        )


def _wheels() -> Iterator[Row]:
    for part in ("RECORD", "METADATA"):
        says = f"does not contain the required {part} file: {{n}}-1.0.dist-info/{part}"
        yield _row(f"no {part}", lambda n, part=part: wheel(n, without=part), says)
    yield _row(
        "no WHEEL", lambda n: wheel(n, without="WHEEL"), f"{BAD}WHEEL not found at {{n}}-1.0.dist"
    )
    yield _row(
        "entry points that do not parse",
        lambda n: wheel(n, **_script(b"a b = c:d")),
        "has invalid entry points defined in the entry_points.txt file",
    )
    yield _row(
        "no licence in a wheel",
        lambda n: wheel(n, "License-File: LICENSE"),
        "License-File LICENSE does not exist in distribution file {n}-1.0-py3-none-any.whl at "
        "{n}-1.0.dist-info/licenses/LICENSE",
    )
    said = f"{BAD}ZIP archive not accepted: "
    yield _row("no zip", lambda n: wheel(n, change=lambda _: b"<html>"), f"{BAD}File is not a zip")
    both = f"{BAD}File is both a zip and a tar file"
    yield _row("both", lambda n: wheel(n, change=_both), both)
    yield _row("trailing", lambda n: wheel(n, change=lambda m: zipped(m) + b"x"), f"{said}Trailing")
    yield _row("twice", lambda n: wheel(n, change=_twice), f"{said}Duplicate filename in local he")
    yield _row("a pipe", lambda n: wheel(n, change=piped), f"{said}ZIP contains a data descriptor")
    yield _row("wrong size", lambda n: wheel(n, change=_sized), f"{said}Mis-matched data size")
    yield _row("hidden", lambda n: wheel(n, change=_hidden), f"{said}Filename not in central dir")
    malformed = f"{said}Malformed zip file"
    yield _row("too long a name", lambda n: wheel(n, change=_overlong), malformed)
    yield _row("long sizes", lambda n: wheel(n, change=_long), "")
    sized = f"{said}Mis-matched data size"
    yield _row("a wrong long size", lambda n: wheel(n, change=_wrong_long), sized)
    again = f"{said}Filename not in local headers"
    yield _row("listed twice", lambda n: wheel(n, change=_listed_twice), again)
    unknown = f"{said}Unknown record signature"
    yield _row("something between", lambda n: wheel(n, change=_interleaved), unknown)
    yield _row("a comment", lambda n: wheel(n, change=_commented), f"{said}Comment in central dir")
    packed = f"{BAD}File does not use a supported compression type"
    yield _row("bzip2", lambda n: wheel(n, change=_bzipped), packed)


def _sdists() -> Iterator[Row]:
    top = f"{BAD}Incorrect number of top-level directories in sdist"
    yield _row("an empty tar", lambda n: sdist(n, change=lambda _: tarred({})), top)
    yield _row("no tar", lambda n: sdist(n, change=lambda _: b"<html>"), f"{BAD}File is not a tar")
    yield _row("cut off", lambda n: sdist(n, change=_cut), f"{BAD}None")
    yield _row("two folders", lambda n: sdist(n, stray__file=b""), top)
    yield _row("no PKG-INFO", lambda n: sdist(n, change=_bare), f"{BAD}PKG-INFO not found at {{n}}")
    yield _row(
        "sparse", lambda n: sdist(n, change=_sparse), f"{BAD}tar archive not accepted: Sparse"
    )
    yield _row(
        "no licence in an sdist",
        lambda n: sdist(n, "License-File: LICENSE"),
        "License-File LICENSE does not exist in distribution file {n}-1.0.tar.gz at {n}-1.0/LIC",
    )


def _named(name: str, version: str) -> str:
    return f"{name.replace('-', '_')}-{version}-py3-none-any.whl"


def _capital(name: str) -> str:
    return _named(name.capitalize(), "1.0")


def _hyphened(name: str) -> Package:
    return sdist(name, filename=f"{name}-1.0.tar.gz")


def _script(line: bytes) -> dict[str, bytes]:
    return {"DIST__entry_points.txt": b"[console_scripts]\n" + line + b"\n"}


def _stored(members: dict[str, bytes]) -> bytes:
    return zipped(members, zipfile.ZIP_STORED)


def _bzipped(members: dict[str, bytes]) -> bytes:
    return zipped(members, zipfile.ZIP_BZIP2)


def lying(members: dict[str, bytes]) -> bytes:
    record = next(name for name in members if name.endswith("/RECORD"))
    return zipped({**members, record: members[record].replace(b"sha256=", b"sha256=x")})


def _both(members: dict[str, bytes]) -> bytes:
    return gzip.decompress(tarred(members)) + zipped(members)


def _twice(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO(zipped(members))
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(next(iter(members)), b"other")
    return buffer.getvalue()


def _sized(members: dict[str, bytes]) -> bytes:
    data = bytearray(zipped(members))
    data[18] ^= 1  # compressed size in the first local header
    return bytes(data)


def _hidden(members: dict[str, bytes]) -> bytes:
    name = next(iter(members)).encode()
    return zipped(members).replace(name, b"x" + name[1:], 1)


def _overlong(members: dict[str, bytes]) -> bytes:
    """Let the last name in the central directory go on beyond the directory's end."""
    data = bytearray(zipped(members))
    data[data.rindex(b"PK\1\2") + 28] += 1
    return bytes(data)


def _long(members: dict[str, bytes]) -> bytes:
    """Zip with numbers of 8 bytes in the local headers."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, data in members.items():
            with archive.open(zipfile.ZipInfo(path, LONG_AGO), "w", force_zip64=True) as file:
                file.write(data)
    return buffer.getvalue()


def _wrong_long(members: dict[str, bytes]) -> bytes:
    data = bytearray(_long(members))
    data[30 + len(next(iter(members))) + 4 + 8] += 1  # the packed size, second in its field
    return bytes(data)


def _listed_twice(members: dict[str, bytes]) -> bytes:
    """Let the central directory have its first entry once more."""
    data = zipped(members)
    begin, end = data.index(b"PK\1\2"), data.rindex(b"PK\5\6")
    first = data[begin : data.index(b"PK\1\2", begin + 4)]
    count, size = len(members) + 1, end - begin + len(first)
    numbers = struct.pack("<2HL", count, count, size)
    return data[:end] + first + data[end : end + 8] + numbers + data[end + 16 :]


def _interleaved(members: dict[str, bytes]) -> bytes:
    """Put a second central directory, which nobody is sent to, before the real one."""
    data = zipped(members)
    begin, end = data.index(b"PK\1\2"), data.rindex(b"PK\5\6")
    last = bytearray(data[end:])
    last[16:20] = end.to_bytes(4, "little")
    return data[:end] + data[begin:end] + bytes(last)


def _commented(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO(zipped(members))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.comment = b"hello"
    return buffer.getvalue()


def _cut(members: dict[str, bytes]) -> bytes:
    noise = b"".join(str(number**5).encode() for number in range(2000))
    return tarred({**members, f"{next(iter(members)).partition('/')[0]}/noise": noise})[:-2000]


def _bare(members: dict[str, bytes]) -> bytes:
    return tarred({name: data for name, data in members.items() if "PKG-INFO" not in name})


def _sparse(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path, data in members.items():
            info = tarfile.TarInfo(path)
            info.size = len(data)
            if path.endswith(".py"):
                info.pax_headers = {"GNU.sparse.map": f"0,{len(data)}", "GNU.sparse.size": "99"}
            archive.addfile(info, io.BytesIO(data))
    return gzip.compress(buffer.getvalue(), mtime=0)
