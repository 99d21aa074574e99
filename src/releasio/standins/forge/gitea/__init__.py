"""Gitea and Forgejo on loopback, in so far as a release asks for them."""
