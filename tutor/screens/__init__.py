"""The screens, as the learner sees them: the course map, a lesson, practice, help."""
