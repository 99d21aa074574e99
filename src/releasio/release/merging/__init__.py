"""What a pull request would release once it is merged."""
