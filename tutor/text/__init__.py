"""The course in plain lines, and searching it."""
