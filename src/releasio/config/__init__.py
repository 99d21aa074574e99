"""Settings: one typed definition, loaded, described and documented from it."""
