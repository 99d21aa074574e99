"""GitLab on loopback, in so far as a release asks for it."""
