"""The `releasio` command."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Answer `--version` at once; load the command line for everything else."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from releasio import __version__  # noqa: PLC0415 -- the whole command line costs 40 ms

        sys.stdout.write(f"releasio {__version__}\n")
        return
    gc.set_threshold(50_000)  # a history makes many values and no cycles: a sixth of its time
    from releasio.cli.main import cli  # noqa: PLC0415 -- the same

    try:
        cli(prog_name="releasio")
    finally:
        gc.freeze()  # the process ends: looking for garbage once more took a tenth of `check`


if __name__ == "__main__":
    main()
