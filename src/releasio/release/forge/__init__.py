"""The forge's part of a release: what its page says; pure."""
