"""The notes of a release."""
