"""What counts as a change, whatever commits say: by files and by what users get."""
