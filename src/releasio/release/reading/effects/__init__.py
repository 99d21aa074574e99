"""What commits do to the package, whatever they say: read from their files."""
