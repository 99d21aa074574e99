"""Indexes over HTTP."""
