"""Steps that build."""
