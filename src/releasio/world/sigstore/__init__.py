"""Sigstore, through its libraries."""
