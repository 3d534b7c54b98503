"""Tries to pass with an exception of its own that calls itself Python's OSError."""
# exercise: own-data-set.dataset
# ends: failed error
# slow
# with: reading_pictures

MISSING = type("OSError", (Exception,), {"__module__": "builtins"})
