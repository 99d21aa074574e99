"""What one job of a release leaves for the next, and a branch that went on meanwhile."""
