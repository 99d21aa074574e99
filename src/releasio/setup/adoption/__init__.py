"""Other tools' settings, told in ours."""
