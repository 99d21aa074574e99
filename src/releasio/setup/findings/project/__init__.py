"""What the project's own files say of it."""
