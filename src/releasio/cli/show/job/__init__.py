"""What a run leaves in its job of GitHub Actions: pages and outputs."""
