"""What twine, the reference client, says of a built file."""

from __future__ import annotations

import logging
import tarfile
import warnings
import zipfile
import zlib
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, cast

from releasio.rules.distribution.second_opinion import Opinion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from packaging.metadata import RawMetadata
    from twine.package import PackageFile

    _Description = tuple[str, str]  # text and content type
    _Verdict = tuple[str, tuple[str, ...]]  # why a file is refused, if it is, and warnings

_MOST = 16 << 20  # bytes; twine reads every member of a wheel that is called METADATA or the like
# what twine lets through of an archive that cannot be read
_UNREADABLE = (
    EOFError,
    NotImplementedError,
    OSError,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
)
_ALWAYS_RENDERED = frozenset({"text/markdown", "text/plain"})  # by twine's own table


def ask_twine(paths: Iterable[Path]) -> list[Opinion]:
    """
    Return what twine says of each distribution: it is read, and its description rendered.

    A description that several have is rendered once. Nothing of what twine prints or logs is
    shown. Where twine itself breaks down, it has no opinion.

    Source: https://twine.readthedocs.io/en/stable/#twine-check
    """
    checked: dict[_Description, _Verdict] = {}
    return [_opinion(path, checked) for path in paths]


def _opinion(path: Path, checked: dict[_Description, _Verdict]) -> Opinion:
    absolute_path = str(path.absolute())

    def words(text: str) -> str:
        return " ".join(text.replace(absolute_path, path.name).split())

    try:
        refusal, warning_texts = _judge(absolute_path, checked)
    except Exception as error:  # noqa: BLE001 -- a defect of twine's is no reason to stop
        return Opinion(path.name, silence=words(f"{type(error).__name__}: {error}"))
    return Opinion(path.name, words(refusal), tuple(map(words, warning_texts)))


def _judge(path: str, checked: dict[_Description, _Verdict]) -> _Verdict:
    from twine.exceptions import TwineException

    try:
        if path.endswith(".whl"):
            _refuse_bulk(path)
        metadata = _reader().from_filename(path, comment=None).metadata
    except TwineException as error:
        return str(error), ()
    except _UNREADABLE as error:
        return f"it cannot be read: {error}", ()
    description = metadata.get("description", ""), metadata.get("description_content_type", "")
    if description not in checked:
        checked[description] = _check(path) if _needs_rendering(*description) else ("", ())
    return checked[description]


def _refuse_bulk(path: str) -> None:
    """Raise `ValueError` for a wheel of which twine would take too much into memory."""
    with zipfile.ZipFile(path) as archive:
        bulk = sum(e.file_size for e in archive.infolist() if "METADATA" in e.filename)
    if bulk > _MOST:
        msg = f"more than {_MOST >> 20} MiB are called METADATA"
        raise ValueError(msg)


@cache
def _reader() -> type[PackageFile]:
    from twine.package import PackageFile

    class Reader(PackageFile):
        """Reads a file's metadata as twine does, without hashing all of it twice."""

        def __init__(self, *arguments: object) -> None:
            self.metadata = cast("RawMetadata", arguments[2])

    return Reader


def _needs_rendering(description: str, kind: str) -> bool:
    """Tell whether twine's check may find something; loading it takes 200 ms, for docutils."""
    described = description.strip() not in {"", "UNKNOWN"}
    return not described or kind.partition(";")[0].strip().lower() not in _ALWAYS_RENDERED


def load_renderer(description: str, kind: str) -> None:
    """Load what a *description* of this content type is rendered with, if it has to be."""
    if _needs_rendering(description, kind):
        import rich.console  # noqa: F401 -- to have it is the purpose
        import twine.commands.check  # noqa: F401 -- likewise


def _check(path: str) -> _Verdict:
    from twine.commands.check import check

    with _overheard() as records:
        check([path])
    messages = [(record.levelno, record.getMessage()) for record in records]
    refusals = [text for level, text in messages if level >= logging.ERROR]
    return " ".join(refusals), tuple(text for level, text in messages if level < logging.ERROR)


@contextmanager
def _overheard() -> Iterator[list[logging.LogRecord]]:
    """Keep what twine prints and logs, and what warns of it, from the screen; give what it logs."""
    from rich import get_console

    records: list[logging.LogRecord] = []

    def keep(record: logging.LogRecord) -> bool:
        records.append(record)
        return False

    logger = logging.getLogger("twine.commands.check")
    logger.addFilter(keep)
    try:
        with get_console().capture(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield records
    finally:
        logger.removeFilter(keep)
