"""What is done for a release: the three plans, made of facts and releases."""
