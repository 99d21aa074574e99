"""The facts: all that deciding needs, read here and nowhere else."""
