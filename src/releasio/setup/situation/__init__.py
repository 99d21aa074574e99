"""What doctor looks at: plain values."""
