"""Which implementation runs, and why."""
