"""What Gitea answers besides what a rehearsal asks: merges, comments, rules, workflows."""
