"""A release for real, in a throw-away clone, against the embedded index and its issuer."""
