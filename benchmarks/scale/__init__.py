"""What a class costs, and how long a large one takes on how many workers."""
