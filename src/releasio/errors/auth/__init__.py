"""Credentials, identities and publishers that will not do."""
