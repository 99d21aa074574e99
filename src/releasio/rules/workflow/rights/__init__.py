"""What jobs do with their token, and what it may do."""
