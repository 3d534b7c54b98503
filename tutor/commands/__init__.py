"""The dl-tutor command: one small function a verb, each parses, calls and prints."""
