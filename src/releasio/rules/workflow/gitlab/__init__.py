"""Pipelines of GitLab CI."""
