"""What operations and launches are described with: dtypes, layouts, precisions, windows, fixed statistics."""
