"""Messages between the program and its zygote."""

MAX_MESSAGE = 1 << 16
MAX_DESCRIPTORS = 8
