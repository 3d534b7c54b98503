"""What learner code streams while it runs: curves, progress, figures."""
