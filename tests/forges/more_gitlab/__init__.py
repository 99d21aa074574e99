"""What GitLab answers besides what a rehearsal asks: merges, notes, rules, jobs."""
