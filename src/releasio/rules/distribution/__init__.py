"""What an index takes as a distribution."""
