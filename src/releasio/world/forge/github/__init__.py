"""GitHub: its interface, REST and GraphQL."""
