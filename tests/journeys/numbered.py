"""Runs releasio, and writes the number of its process, by which it can be ended, to `PID_FILE`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

Path(os.environ["PID_FILE"]).write_text(str(os.getpid()), encoding="utf-8")
sys.argv[0] = "releasio"
from releasio.__main__ import main  # noqa: E402 -- after the arguments are its own

main()
