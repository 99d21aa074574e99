"""A project's name as other things have it: indexes, lock files, modules."""

from __future__ import annotations

import re

_JOINING = r"[-_.]+"


def normalized_name(name: str) -> str:
    """
    Return *name* as indexes compare names; packaging has it, too, and takes 8 ms to import.

    Source: https://peps.python.org/pep-0503/#normalized-names, and PEP 685 for extras
    """
    return re.sub(_JOINING, "-", name).lower()


def module_name(name: str) -> str:
    """Return the module that is called as the project *name* is: `my_demo` of `my-demo`."""
    return re.sub(_JOINING, "_", name)


def nested_module_path(name: str) -> str:
    """Return the path of such a module in a namespace package: `my/demo` of `my-demo`."""
    return re.sub(_JOINING, "/", name)
