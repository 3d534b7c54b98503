"""How fair verdicts are, measured on answers that nobody wrote the exercises for."""
