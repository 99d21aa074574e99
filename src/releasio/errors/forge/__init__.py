"""What goes wrong with forges."""
