"""What git refuses, and what stands in the way in a checkout."""
