"""What is the learner's own: progress, workspace, drafts, notes, curves, consent, and where all of it lies."""
