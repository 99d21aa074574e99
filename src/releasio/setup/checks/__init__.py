"""What doctor looks for, by topic; values in, findings out."""
