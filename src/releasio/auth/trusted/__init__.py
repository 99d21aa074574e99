"""Trusted publishing: a job's identity for a credential."""
