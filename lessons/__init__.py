"""The course: its file format, loader and linter - and `units/`, the course itself, which is data."""
