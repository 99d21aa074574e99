"""The stages of a release in jobs of their own, each of which takes what the one before left."""
