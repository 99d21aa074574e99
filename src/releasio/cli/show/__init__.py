"""What a run says: on the screen, as data, on a job's page."""
