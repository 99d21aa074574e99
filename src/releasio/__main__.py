"""The `releasio` command."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Answer `--version` at once; load the command line for everything else."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from releasio import __version__  # the whole command line costs 40 ms

        sys.stdout.write(f"releasio {__version__}\n")
        return
    gc.set_threshold(100_000)  # a history makes many values and no cycles: a sixth of its time
    try:
        _run()
    except KeyboardInterrupt:
        from releasio.cli.signals import leave

        leave()
    finally:
        gc.freeze()  # the process ends: looking for garbage once more took a tenth of `check`


def _run() -> None:
    from releasio.cli.signals import heard, listen, status

    listen()
    from releasio.cli.main import cli

    try:
        cli(prog_name="releasio")
    except SystemExit as end:
        # click makes a 1 of an interruption that comes before a command has begun
        sys.exit(status() if heard() and end.code == 1 else end.code)


def _stay_out() -> None:
    """
    Take no module from the present directory, which `python -m` looks in first.

    A checkout may have a `logging.py`. `python -I -m releasio` is safe from the very beginning.
    """
    import os

    if sys.path[:1] in ([""], [os.getcwd()]):  # noqa: PTH109 -- pathlib takes its time
        del sys.path[0]


if __name__ == "__main__":
    _stay_out()
    main()
