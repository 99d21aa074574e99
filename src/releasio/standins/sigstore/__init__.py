"""A Sigstore of its own."""
