"""The simple index: a project's page in JSON or HTML, to files."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urldefrag, urljoin

from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from packaging.version import InvalidVersion, Version

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_STANDING = re.compile(
    r"""<meta\s+name=["']pypi:project-status(|-reason)["']\s+content=["']([^"']*)["']"""
)
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Standing(NamedTuple):
    """
    How a project stands with its index, in the words of PEP 792.

    Attributes:
        status: `active`, `archived`, `quarantined` or `deprecated`.
        reason: Why, as whoever made it so says; may be empty.
    """

    status: str
    reason: str = ""

    @property
    def takes_files(self) -> bool:
        """Whether the index takes uploads, and shows them."""
        return self.status not in {"archived", "quarantined"}


ACTIVE = Standing("active")


@frozen
class IndexFile:
    """
    A file that the index offers.

    Attributes:
        name: The file's name.
        url: Where it is downloaded from, absolute.
        sha256: Hexadecimal; `None` when the index does not tell.
        size: In bytes; `None` when the index does not tell.
        yanked: Why it was yanked (PEP 592; may be empty); `None`: it was not.
        upload_time: When it was uploaded, aware; `None` when the index does not tell.
        provenance: Where its attestations are, absolute; `None`: it has none, or is not told.
    """

    name: str
    url: str
    sha256: str | None = None
    size: int | None = None
    yanked: str | None = None
    upload_time: datetime | None = None
    provenance: str | None = None


def parse_json(page: Mapping[str, object], url: str) -> tuple[IndexFile, ...]:
    """
    Return the files of a project's page in JSON, which came from *url*.

    Raises:
        ValueError: It is no such page.
    """
    files = page.get("files")
    if not isinstance(files, list):
        msg = "the page has no list of files"
        raise ValueError(msg)  # noqa: TRY004 -- a wrong value from outside, not a wrong call
    return tuple(_entry(file, url) for file in files)


def standing_in_json(page: Mapping[str, object]) -> Standing:
    """Return how the project of that page stands; one that is silent is active."""
    match page.get("project-status"):
        case {"status": str(status), **rest}:
            reason = rest.get("reason")
            return Standing(status, reason if isinstance(reason, str) else "")
    return ACTIVE


def standing_in_html(text: str) -> Standing:
    """Do the same for a page in HTML."""
    attributes = dict(_STANDING.findall(text))
    return Standing(attributes.get("", ACTIVE.status), unescape(attributes.get("-reason", "")))


def _entry(file: object, url: str) -> IndexFile:
    match file:
        case {"filename": str(name), "url": str(link), "hashes": dict(hashes), **rest}:
            size = rest.get("size")
            return IndexFile(
                name,
                urljoin(url, link),
                sha256=_digest(hashes.get("sha256")),
                size=size if isinstance(size, int) and size >= 0 else None,
                yanked=_reason(rest.get("yanked")),
                upload_time=_moment(rest.get("upload-time")),
                provenance=_address(rest.get("provenance"), url),
            )
    msg = "a file of the page lacks its name, url or hashes"
    raise ValueError(msg)


def parse_html(text: str, url: str) -> tuple[IndexFile, ...]:
    """
    Return the files of a project's page in HTML, which came from *url*.

    Raises:
        ValueError: It cannot be read.
    """
    # only indexes without JSON make us load it
    from html.parser import HTMLParser

    files: list[IndexFile] = []

    class Links(HTMLParser):
        base = url

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            values = dict(attrs)
            if tag == "base" and values.get("href"):
                self.base = urljoin(url, values["href"] or "")
            if tag == "a" and values.get("href"):
                files.append(_link(urljoin(self.base, values["href"] or ""), values))

    try:
        Links().feed(text)
    except AssertionError:  # how the library says that a declaration is no HTML
        msg = "the page has a declaration that no HTML has"
        raise ValueError(msg) from None
    return tuple(files)


def _link(url: str, attributes: Mapping[str, str | None]) -> IndexFile:
    plain, fragment = urldefrag(url)
    kind, _, digest = fragment.partition("=")
    yanked = (attributes["data-yanked"] or "") if "data-yanked" in attributes else None
    return IndexFile(
        unquote(plain.partition("?")[0].rpartition("/")[2]),
        plain,
        sha256=_digest(digest) if kind == "sha256" else None,
        yanked=yanked,
        provenance=_address(attributes.get("data-provenance"), url),
    )


def of_version(
    files: Iterable[IndexFile], project: str, version: str | None
) -> tuple[IndexFile, ...]:
    """Return the distributions among *files* that are of *version*; all of them for `None`."""
    if version is None:
        return tuple(files)
    release = (canonicalize_name(project), Version(version))
    return tuple(file for file in files if belongs_to(file.name) == release)


def belongs_to(name: str) -> tuple[str, Version] | None:
    """Return project and version that a file name tells, if it tells them."""
    if "/" in name or "\\" in name:
        return None  # it comes from outside, and may end up as a path
    try:
        if name.endswith(".whl"):
            return parse_wheel_filename(name)[:2]
        return parse_sdist_filename(name)
    except (InvalidSdistFilename, InvalidWheelFilename, InvalidVersion):
        return None


def versions_of(files: Iterable[IndexFile], project: str) -> Iterator[Version]:
    """Yield the version that each of *files* is of, where its name says that of *project*."""
    own_name = canonicalize_name(project)
    for file in files:
        name, version = belongs_to(file.name) or ("", None)
        if name == own_name and version is not None:
            yield version


def _reason(yanked: object) -> str | None:
    """Return why a file was yanked: in JSON only what counts as true says that it was."""
    if yanked is True:
        return ""
    return yanked if isinstance(yanked, str) and yanked else None


def _digest(value: object) -> str | None:
    text = value.lower() if isinstance(value, str) else ""
    return text if _SHA256.fullmatch(text) else None


def _address(value: object, base: str) -> str | None:
    return urljoin(base, value) if isinstance(value, str) and value else None


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo else None
