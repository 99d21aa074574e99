"""The set-up of a project: a few questions, and the files that follow from the answers."""
