"""What is wrong with a project, its version or its changelog."""
