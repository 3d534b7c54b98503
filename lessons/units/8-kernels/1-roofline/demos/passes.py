"""Passes over a tensor: bn, + r, relu, each by itself and all at once."""

separate = {"batch norm": 3, "+ r": 3, "relu": 2}
fused = {"read x for the statistics": 1, "read x to normalise": 1, "read r": 1, "write y": 1}
megabytes = 256 * 64 * 56 * 56 * 2 / 1e6  # a tensor of 256 pictures with 64 channels in bfloat16
for name, passes in {"separate": separate, "fused": fused}.items():
    total = sum(passes.values())
    print(f"{name:8} {' + '.join(map(str, passes.values()))} = {total} passes, {total * megabytes:.0f} MB")
