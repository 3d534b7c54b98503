"""The headless command: options, hand-ins, exit codes."""
