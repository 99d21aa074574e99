"""Take a release back as far as that can be done."""
