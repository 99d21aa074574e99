"""Builds, archives and installations."""
