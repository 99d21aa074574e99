"""
Archives, read from an open file as the index reads them.

Both ends of the wire look at them alike: `world/` before the push, the embedded
index when they arrive. These open the file; nothing here knows a path.
"""
