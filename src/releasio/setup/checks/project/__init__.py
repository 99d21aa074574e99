"""Whether the project's own files say what back ends and indexes take."""
