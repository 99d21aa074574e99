"""What is wrong with built or given files."""
