"""The terminal, or CI's log, as the screen that the world talks to."""

from __future__ import annotations

import os
import stat
import sys
import threading
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import click

from releasio.cli.signals import heard
from releasio.rules.credentials.secret import redact
from releasio.rules.forge.forge_url import without_credentials
from releasio.text.plaintext import inert, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from releasio.cli.drawing import Drawing
    from releasio.rules.credentials.secret import Secret


_MOST_LINES = 500  # that are kept for the page of a job, which may have 1 MiB


class Terminal:
    """
    Shows redacted, harmless text; nothing else in releasio prints. Threads take turns.

    Args:
        env: The process environment; `GITHUB_ACTIONS` decides about workflow commands.
        quiet: Only errors and what is asked for; for `--json`, whose document
            is the only thing on standard output.

    Attributes:
        chatty: Whether children's lines are shown as they come. What a failed
            child said last is part of its error in any case.
        apart: Whether notes go to standard error: what is asked for is on standard output,
            for a file or a pipe.
    """

    def __init__(self, env: Mapping[str, str], *, quiet: bool = False) -> None:
        self.actions = env.get("GITHUB_ACTIONS") == "true"
        self.quiet = quiet
        self.apart = False
        self.chatty = True
        self.notes: list[str] = []
        self.said: deque[str] = deque(maxlen=_MOST_LINES)  # for the page of a job
        self._secrets: list[Secret] = []
        self._dumb = env.get("TERM") == "dumb"
        self._color = color_of(env)
        self._drawing: Drawing | None = None  # what is there only for a while
        self._lock = threading.RLock()

    def hide(self, text: str) -> str:
        """Return *text* without the secrets that are known, and without the logins of addresses."""
        return without_credentials(redact(text, self._secrets))

    def clean(self, text: str) -> str:
        """Return *text* as it may be shown anywhere."""
        safe = printable(self.hide(text))
        return inert(safe) if self.actions else safe

    def say(self, text: str = "", **style: bool | str | None) -> None:
        """Print one or more lines of releasio's own, on standard output."""
        self.said.append(text)
        self._say(text, style)

    def _say(self, text: str, style: Mapping[str, bool | str | None]) -> None:
        if not self.quiet:
            self._write(self._broken(self.clean(text), sys.stdout), sys.stdout, style)

    def command(self, introduction: str, command: str) -> None:
        """Print *command* after its *introduction*, in one piece, so that it can be copied."""
        text = self.clean(f"{introduction} {command}")
        if self._broken(text, sys.stdout) == text:
            self.say(text)
        else:
            self.say(introduction)
            self.whole(f"  {command}")

    def whole(self, text: str, **style: bool | str | None) -> None:
        """Print a line that is never broken: one of a diff, or a command."""
        self.said.append(text)
        if not self.quiet:
            self._write(self.clean(text), sys.stdout, style)

    def _broken(self, text: str, stream: TextIO | None) -> str:
        """Return *text* with lines that a terminal is wide enough for; a log gets them whole."""
        if self.actions or not _is_terminal(stream):
            return text
        from shutil import get_terminal_size

        from releasio.text.wrapping import wrapped

        return wrapped(text, get_terminal_size().columns)

    def complain(self, text: str, **style: bool | str | None) -> None:
        """Print on standard error."""
        self._write(self._broken(self.clean(text), sys.stderr), sys.stderr, style)

    @property
    def interactive(self) -> bool:
        """Whether somebody watches a terminal, on which a line can be written over."""
        return not self.quiet and not self.actions and self._can_draw()

    def _can_draw(self) -> bool:
        return _is_terminal(sys.stdout) and not self._dumb

    def passing(self, text: str, *, asking: bool = False) -> None:
        """
        Show a line that, on a terminal, the next one takes the place of, and count its seconds.

        Args:
            text: What is being done.
            asking: A program may ask for something meanwhile, right on the terminal: the line
                is not drawn again.
        """
        if self.quiet:
            return
        if self.interactive and not self.chatty:
            with self._lock:
                self._draw().work(self._drawable(text), still=asking)
        else:
            self._say(text, {"dim": True})

    def _draw(self) -> Drawing:
        if self._drawing is None:
            from releasio.cli.drawing import Drawing  # rich takes 87 ms

            self._drawing = Drawing(styled=self._color is not False)
        return self._drawing

    def _drawable(self, text: str) -> str:
        return _encodable(self.clean(text), sys.stdout)

    def raw(self, text: str, *, error: bool = False) -> None:
        """Print what is already safe: the JSON document, workflow commands made here."""
        with self._aside():
            click.echo(text, err=error)

    def line(self, text: str) -> None:
        """Show a child's line, set off from releasio's own."""
        if self.chatty and not self.quiet and not _is_late():
            self._write(f"    | {self.clean(text)}", sys.stdout, {"dim": True})

    def note(self, text: str) -> None:
        """Show a note, and keep it for the report."""
        self._note(text, {"fg": "yellow"})

    def detail(self, text: str) -> None:
        """Show and keep it like a note, in the colour of what may be passed over."""
        self._note(text, {"dim": True})

    def _note(self, text: str, style: Mapping[str, bool | str | None]) -> None:
        if _is_late():
            return
        self.notes.append(self.clean(text))
        stream = sys.stderr if self.quiet or self.apart else sys.stdout
        self._write(self._broken(f"  note: {self.clean(text)}", stream), stream, style)

    def expect(self, sizes: Mapping[str, int]) -> None:
        """Begin a batch whose sum gets a bar of its own."""
        if self._shows_bars():
            with self._lock:
                self._draw().expect({self._drawable(label): size for label, size in sizes.items()})

    def progress(self, label: str, count: int, total: int, unit: str = "bytes") -> None:
        """Draw bars on a terminal; a log gets nothing it would have to scroll past."""
        if self._shows_bars() and total > 0 and not _is_late():
            with self._lock:
                self._draw().advance(self._drawable(label), count, total, unit)

    def _shows_bars(self) -> bool:
        return not self.quiet and self._can_draw()

    def mask(self, secret: Secret) -> None:
        """Redact it from now on, and have GitHub Actions do the same."""
        with self._lock:
            if not secret or secret in self._secrets:
                return
            self._secrets.append(secret)
            if self.actions:
                self._tell_runner(secret)

    def _tell_runner(self, secret: Secret) -> None:
        """Give the runner the line it swallows to learn what to hide; a file would keep it."""
        aside = _is_file(sys.stderr)
        if aside and (self.quiet or _is_file(sys.stdout)):  # quiet: a document is there alone
            return
        for part in secret.reveal().splitlines():
            mask = part.encode(errors="replace").decode()
            self.raw(f"::add-mask::{mask}", error=not aside)

    def _write(
        self, text: str, stream: TextIO | None, style: Mapping[str, bool | str | None]
    ) -> None:
        if stream is None:  # closed by who started us
            return
        line = _encodable(text, stream)
        with self._aside():
            click.secho(line, file=stream, color=self._color, **style)  # type: ignore[arg-type] # click's own options

    @contextmanager
    def _aside(self) -> Iterator[None]:
        """Have the terminal to oneself, with nothing on its last lines; name it where it fails."""
        with self._lock:
            if self._drawing:
                self._drawing.pause()
            try:
                yield
            except OSError as error:
                if isinstance(error, BrokenPipeError) or error.errno is None:
                    raise
                raise OSError(error.errno, error.strerror, "the output") from error
            if self._drawing:
                self._drawing.resume()

    def clear(self) -> None:
        """Remove what is only there until something else is, and do not draw it again."""
        with self._lock:
            if self._drawing:
                self._drawing.clear()


def _is_late() -> bool:
    """Whether a thread speaks whose work nobody waits for: the process was asked to end."""
    return heard() and threading.current_thread() is not threading.main_thread()


def _encodable(text: str, stream: TextIO) -> str:
    """Return *text* without what the encoding of *stream* lacks."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)


def color_of(env: Mapping[str, str]) -> bool | None:
    """
    Return whether to colour; `None`: terminals only.

    Sources: https://no-color.org, https://force-color.org
    """
    if env.get("NO_COLOR"):
        return False
    if env.get("FORCE_COLOR", "0") not in {"", "0", "false"}:
        return True
    return False if env.get("TERM") == "dumb" else None


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _is_file(stream: TextIO | None) -> bool:
    """Whether what is written goes into a file that stays, or nowhere."""
    try:
        return stream is None or stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):  # no descriptor behind it: not a file of ours
        return False
