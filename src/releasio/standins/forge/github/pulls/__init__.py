"""Pull requests: opened, talked about, merged."""
