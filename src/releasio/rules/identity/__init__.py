"""Who a CI job is, and what it may publish and sign."""
