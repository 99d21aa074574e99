"""GitLab as a whole: beside what a rehearsal asks also merges, notes, rules, jobs."""
