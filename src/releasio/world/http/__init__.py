"""HTTP: a client whose answers end, and requests that are sent until they are answered."""
