"""Plain data that every room may hold: verdicts and their kin."""
