"""Forges on loopback, with the faults that tests order; each as a whole in a room of its own."""
