"""
Every error releasio foresees: its code, its exit code, its words.

A class knows how to say it; who raises it only brings the facts. `code` is
documented and never changes. Nothing but `cli/` prints these or exits.
"""
