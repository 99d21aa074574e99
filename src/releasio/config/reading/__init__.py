"""From files and environment to settings."""
