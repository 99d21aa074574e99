"""The release pull request: what is there, what is proposed, and the steps to it."""
