"""What doctor looks at, read from the work tree, git, index, forge and machine."""
