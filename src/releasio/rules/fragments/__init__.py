"""News fragments: files that say what one change means to users, until a release collects them."""
