"""Blocks of 16 keys for one query each, in a batch that is padded to 64."""

lengths = [64, 20, 33, 7]
blocks = [-(-length // 16) for length in lengths]
masked = 4 * [64 // 16]
for length, own in zip(lengths, blocks, strict=True):
    print(f"length {length:2}: {own} of 4 blocks")
print(f"{sum(blocks)} instead of {sum(masked)}")
