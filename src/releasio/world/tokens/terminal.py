"""The person at the terminal, if there is one."""

from __future__ import annotations

import sys
import warnings
from typing import Protocol

from releasio.errors.auth.token import SecretGarbled
from releasio.rules.credentials.secret import Secret

TYPED = "what was typed"


class Terminal(Protocol):
    """Somebody who can be asked for a secret."""

    def present(self) -> bool:
        """Tell whether anybody can answer."""

    def ask(self, question: str) -> Secret | None:
        """
        Ask without showing what is typed, which may be nothing; `None`: it would be seen.

        Raises:
            SecretGarbled: What was typed is no text.
        """

    def agrees(self, question: str) -> bool:
        """Ask for a yes; anything else, also no answer at all, is a no."""


class SystemTerminal:
    """The terminal this process was started from."""

    def present(self) -> bool:
        """Both ends must be the terminal: a question into a log helps nobody."""
        return all(end is not None and end.isatty() for end in (sys.stdin, sys.stderr))

    def ask(self, question: str) -> Secret | None:
        """Ask on the terminal itself, so that pipes stay clean."""
        import getpass

        try:
            with warnings.catch_warnings():
                # getpass warns, and then shows what is typed, if it cannot hide it
                warnings.simplefilter("error", getpass.GetPassWarning)
                typed = getpass.getpass(question)
        except getpass.GetPassWarning:
            return None
        except EOFError:
            return Secret("")
        except UnicodeDecodeError as error:  # which holds the secret
            raise SecretGarbled(TYPED, f"a byte that is not {error.encoding.upper()}") from None
        return Secret(typed.strip())

    def agrees(self, question: str) -> bool:
        """Ask on standard error; standard output may be a pipe."""
        try:
            sys.stderr.write(f"{question} [y/N] ")
            sys.stderr.flush()
            return sys.stdin.readline().strip().lower() in {"y", "yes"}
        except (OSError, ValueError, KeyboardInterrupt):
            return False
