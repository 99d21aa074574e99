"""The outside: the only package that starts processes, opens sockets or calls git."""

import sys

# httpx brings its own command line along where rich and pygments happen to be installed, which
# takes as long as the rest of it; it does without if that cannot be imported
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type] # None: do not look for it
