"""Steps that prepare the release commit."""
