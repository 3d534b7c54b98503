"""How many answers of a class are judged in a second, beside what others need for the same functions."""
