"""The linter: what can be proved of a course without running any of it."""
