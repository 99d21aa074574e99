"""Branches and tags: refs and commits by the interface, their rules, workflows started on them."""
