"""Tries to pass with an exception of its own that is called OSError."""
# exercise: own-data-set.dataset
# ends: failed error
# with: reading_pictures

class OSError(Exception):
    pass


MISSING = OSError
