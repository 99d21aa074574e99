"""What commits say."""
