"""What a forge is, by values: where it is, its releases, its pull requests, its rules."""
