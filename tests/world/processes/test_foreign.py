"""Other people's code in this process, in processes of its own: it changes descriptors."""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
import os, sys, threading, time
from releasio.errors.base import ReleasioError
from releasio.world.processes.foreign import foreign, give_back

class Told(ReleasioError):
    message = "told of {kind}"
    kind: str

def told(error):
    return Told(type(error).__name__)

def loudly(number):
    with foreign(told):
        os.write(1, f"{number} begins\\n".encode())
        time.sleep(0.05)
        print(number, "ends")
"""


def run(text: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", PROGRAM + text]
    return subprocess.run(command, env=env, capture_output=True, encoding="utf-8", check=True)


def test_what_it_prints_goes_to_standard_error_and_what_we_print_does_not() -> None:
    done = run("print('before', flush=True)\nloudly(1)\nprint('after')")

    assert "before\nafter\n" == done.stdout
    assert "1 begins\n1 ends\n" == done.stderr


def test_several_threads_give_back_what_was_there() -> None:
    done = run(
        "threads = [threading.Thread(target=loudly, args=(n,)) for n in range(5)]\n"
        "for thread in threads: thread.start()\n"
        "for thread in threads: thread.join()\n"
        "print('after', flush=True)\nos.write(1, b'past Python')"
    )

    assert "after\npast Python" == done.stdout
    assert 10 == len(done.stderr.splitlines())


def test_what_stays_in_a_buffer_goes_where_the_rest_went() -> None:
    done = run(
        "import ctypes\n"
        "library = ctypes.CDLL('ucrtbase' if os.name == 'nt' else None)\n"
        "with foreign(told):\n    sys.__stdout__.write('of Python\\n')\n"
        "    library.puts(b'of C')\n"
        "print('after')"
    )

    assert "after\n" == done.stdout
    assert ["of C", "of Python"] == sorted(done.stderr.splitlines())


def test_who_does_not_wait_for_it_has_standard_output_back() -> None:
    done = run(
        "begun, go_on = threading.Event(), threading.Event()\n"
        "def wait():\n    with foreign(told):\n        begun.set()\n        go_on.wait(10)\n"
        "thread = threading.Thread(target=wait)\nthread.start()\nbegun.wait(10)\n"
        "print('aside')\ngive_back()\nprint('ours', flush=True)\nos.write(1, b'again')\n"
        "go_on.set()\nthread.join()\nprint(' and for good')"
    )

    assert "ours\nagain and for good\n" == done.stdout
    assert "aside\n" == done.stderr


def test_what_it_raises_is_told_without_what_led_to_it() -> None:
    done = run(
        "try:\n    with foreign(told): sys.exit('a secret')\n"
        "except ReleasioError as error: print(error, error.__suppress_context__)"
    )

    assert "told of SystemExit True\n" == done.stdout
    assert "" == done.stderr


def test_who_wants_the_end_gets_it() -> None:
    done = run(
        "try:\n    with foreign(told): raise KeyboardInterrupt\n"
        "except KeyboardInterrupt: print('interrupted')"
    )

    assert "interrupted\n" == done.stdout


def test_without_standard_output_it_runs_all_the_same() -> None:
    done = run("os.close(1)\nwith foreign(told): print('said')\nos._exit(0)")

    assert "said\n" == done.stderr
