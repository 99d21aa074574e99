"""What a run is surrounded by: remote, job, environment, hooks."""
