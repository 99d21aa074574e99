"""The settings as documentation, schema and report."""
