"""How people write what a commit does: the conventions of subjects."""
