"""Workflow files of CI servers, with the line of each of their words."""
