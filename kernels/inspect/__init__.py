"""Launches in Triton's interpreter, looked into: what a kernel touches, and its tiles line by line."""
