"""What a teacher is told of a class: in plain lines, as one HTML file, as a table."""
