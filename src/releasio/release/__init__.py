"""Read, decide, plan, do, check: the story of a release."""
