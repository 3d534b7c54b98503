"""Packages that do not import everywhere as they are, and what is done about it - only where it is needed."""
