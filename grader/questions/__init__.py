"""Questions with fresh numbers, and answers that are values."""
