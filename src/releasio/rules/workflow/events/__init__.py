"""What starts a workflow, and what one does that could start another."""
