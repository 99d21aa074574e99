INFO = {"name": "demo", "release": "1.2.0", "schema": "1.2.0"}
