"""Tries to fill the disk with files in its own folder."""
# ends: forbidden memory timeout
# from: level 1

def f(x):
    number = 0
    while True:
        number += 1
        with open(f"flood-{number}", "wb") as file:
            for _ in range(48):
                file.write(bytes(1 << 20))
