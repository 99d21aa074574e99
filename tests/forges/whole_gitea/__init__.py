"""Gitea as a whole: beside what a rehearsal asks also merges, comments, rules, workflows."""
