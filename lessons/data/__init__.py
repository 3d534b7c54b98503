"""Data sets: the real ones, read by the packages that everybody uses, and stand-ins for where there is no network."""
