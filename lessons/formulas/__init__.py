"""LaTeX to text for a terminal, and to words."""
