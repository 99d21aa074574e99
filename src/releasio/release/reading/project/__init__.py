"""What a plan reads of the project's own files: its manifest, and what a release edits."""
