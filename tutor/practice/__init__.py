"""What happens around an exercise, on the screen and in plain lines alike."""
