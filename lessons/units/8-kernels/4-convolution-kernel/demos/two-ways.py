"""Megabytes in memory for one layer, explicit and implicit: 32 pictures, float32, 3 by 3 filter, padding 1."""

extra = {}
for C, O, size in ((16, 32, 28), (64, 64, 56), (128, 128, 28)):
    tensors = 4 * 32 * size**2 * (C + O) / 1e6
    columns = 4 * 32 * size**2 * 9 * C / 1e6
    extra[C, O, size] = columns / tensors
    print(f"{C:3} to {O:3} channels, {size} x {size}: {tensors:6.1f} MB, and columns of {columns:6.1f} MB or nothing")
