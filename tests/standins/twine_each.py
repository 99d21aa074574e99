"""Run the real `twine upload` for each file by itself, in one process, and print what it said."""

from __future__ import annotations

import contextlib
import io
import json
import sys

from twine.__main__ import main

OPTIONS = ("upload", "--non-interactive", "--disable-progress-bar", "--repository-url")


def upload(url: str, path: str) -> tuple[int, str]:
    """Return exit code and output of one upload; user and password are in the environment."""
    sys.argv = ["twine", *OPTIONS, url, path]
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            failed = bool(main())
    except Exception as error:  # noqa: BLE001 -- twine breaks down over damaged archives
        return 1, f"{type(error).__name__}: {error}"
    return int(failed), said.getvalue()


if __name__ == "__main__":
    address, *paths = sys.argv[1:]
    print(json.dumps({path: upload(address, path) for path in paths}))  # noqa: T201 -- its answer
