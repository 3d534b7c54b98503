"""Megabytes moved for one head, d = 64, float32: with all scores, and in blocks of 128 queries."""

d, block = 64, 128
rows = []
for S in (512, 1024, 4096):
    with_scores = (4 * S * d + 4 * S * S) * 4 / 1e6
    streamed = (2 * S * d + S // block * 2 * S * d) * 4 / 1e6
    rows.append(with_scores / streamed)
    print(f"S = {S:4}: {with_scores:6.1f} MB, {streamed:5.1f} MB if no key is in the cache")
