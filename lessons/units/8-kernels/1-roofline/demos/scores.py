"""Megabytes moved by one head of attention, d = 64, in float32."""

d = 64
rows = []
for S in (64, 256, 1024, 4096):
    tensors = 4 * (4 * S * d) / 1e6  # q, k, v and the output, once each
    matrix = 4 * (4 * S * S) / 1e6  # the scores, four times: written, read, written, read
    rows.append([S, tensors, matrix])
    print(f"S = {S:4}: tensors {tensors:6.3f} MB, scores {matrix:8.3f} MB")
