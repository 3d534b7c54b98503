"""From the files of a course to records; every mistake in them has its file, line and column."""
