"""GitHub as a whole: beside what a rehearsal asks also merges, reviews, rules, workflows."""
