"""What a release pull request says, and what people changed of it."""
