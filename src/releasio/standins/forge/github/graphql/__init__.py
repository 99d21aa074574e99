"""GraphQL over a part of GitHub's schema."""
