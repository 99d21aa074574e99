"""What a project's own files say, and how its version is changed in them."""
