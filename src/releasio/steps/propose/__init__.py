"""Steps that open a release pull request, bring it up to date, and close it."""
