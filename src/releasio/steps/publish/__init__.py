"""Steps that publish."""
