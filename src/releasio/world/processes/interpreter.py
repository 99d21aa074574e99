"""The Python that runs us, for its own modules and ours."""

from __future__ import annotations

import sys

# what isolation leaves out of the environment: output at once, and in UTF-8
ISOLATED = ("-I", "-u", "-X", "utf8")
_SAFE = ("-P",)


def python(*words: str) -> list[str]:
    """
    Return the command line that runs *words*, such as `-m build`, with the Python that runs us.

    It takes no module from the directory it is started in. Where we were started isolated
    it is as well, so that what `PYTHONPATH` names is not run either; else the packages may
    be among the user's own, where isolation would not find them.
    """
    return [sys.executable, *(ISOLATED if sys.flags.isolated else _SAFE), *words]
