"""What `init` asks and shows on the terminal."""
