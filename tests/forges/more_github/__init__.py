"""What GitHub answers besides what a rehearsal asks: merges, reviews, rules, workflows."""
