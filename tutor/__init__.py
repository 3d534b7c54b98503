"""What the learner meets: the dl-tutor command, the app, the plain lines, progress and workspace."""
