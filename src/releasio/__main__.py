"""The `releasio` command."""

from __future__ import annotations

import gc
import sys
from typing import NoReturn


def program() -> NoReturn:
    """
    Be the whole process: do what `main` does, and end.

    Python takes every module apart at its end, which takes 2 ms after a check and 7 after an
    upload, and a thread that nobody waits for any more may trip over it. So the process is left
    at once when all has been said and all has been given back.
    """
    try:
        main()
    except SystemExit as end:
        code = end.code
    else:
        code = 0
    if isinstance(code, int) and not _is_watched() and _has_said_all():
        import os

        os._exit(code)
    sys.exit(code)


def main() -> None:
    """Answer `--version` at once; load the command line for everything else."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        _say_version()  # the whole command line costs 40 ms
        return
    gc.set_threshold(100_000)  # a history makes many values and no cycles: a sixth of its time
    try:
        _run()
    except KeyboardInterrupt:
        from releasio.cli.signals import leave

        leave()
    finally:
        gc.freeze()  # the process ends: looking for garbage once more took a tenth of `check`


def _say_version() -> None:
    from releasio import __version__

    if sys.stdout is None:  # as of a process without a console
        return
    try:
        sys.stdout.write(f"releasio {__version__}\n")
        sys.stdout.flush()
    except OSError as error:
        _leave_unsaid(error)


def _leave_unsaid(error: OSError) -> NoReturn:
    """End with what came of writing to the output; whoever stopped reading it is told nothing."""
    import os

    # what could not be written is not tried again at the end
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    nobody_reads = isinstance(error, BrokenPipeError)
    sys.exit(1 if nobody_reads else f"releasio: the output cannot be written: {error.strerror}")


def _run() -> None:
    from releasio.cli.signals import heard, listen, status

    listen()
    from releasio.cli.main import cli

    try:
        cli(prog_name="releasio")
    except SystemExit as end:
        # click makes a 1 of an interruption that comes before a command has begun
        sys.exit(status() if heard() and end.code == 1 else end.code)
    except OSError as error:
        if error.filename is not None or error.errno is None:
            raise
        _leave_unsaid(error)  # a command tells its own: this was a page of help, or a completion


def _is_watched() -> bool:
    """Whether a debugger, a profiler or the like looks at the end, or a thread is waited for."""
    if sys.flags.inspect or sys.flags.dev_mode or sys.gettrace() or sys.getprofile():
        return True
    threading = sys.modules.get("threading")  # `--version` needs none
    return threading is not None and any(
        not thread.daemon for thread in threading.enumerate() if thread != threading.main_thread()
    )


def _has_said_all() -> bool:
    """Do what Python does before it takes itself apart; False: it has to tell what went wrong."""
    import atexit

    atexit._run_exitfuncs()  # noqa: SLF001 -- there is no other way to it, and it is old
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # as of a process without a console
                stream.flush()
    except (OSError, ValueError):
        return False
    return True


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
    program()
