"""Forges on loopback, with the faults that tests order."""
