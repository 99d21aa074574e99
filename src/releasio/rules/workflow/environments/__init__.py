"""The environments that jobs run in."""
