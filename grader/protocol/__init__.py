"""What goes between the processes: frames, messages, steps."""
