"""Flops and bytes of some operations in float32."""

n = 2**20
pixels = 32 * 56 * 56  # of 32 pictures
operations = {
    "x + z, a million numbers": (n, 4 * 3 * n),
    "relu(x), a million numbers": (n, 4 * 2 * n),
    "A @ x, 1024 x 1024": (2 * 1024**2, 4 * (1024**2 + 2 * 1024)),
    "A @ B, 64 x 64": (2 * 64**3, 4 * 3 * 64**2),
    "A @ B, 1024 x 1024": (2 * 1024**3, 4 * 3 * 1024**2),
    "convolution 3 x 3, 64 channels": (2 * 9 * 64 * 64 * pixels, 4 * (2 * 64 * pixels + 9 * 64 * 64)),
}
intensity = {name: flops / moved for name, (flops, moved) in operations.items()}
for name, (flops, moved) in operations.items():
    print(f"{name:31} {flops / 1e6:9.1f} Mflop {moved / 1e6:6.2f} MB {intensity[name]:7.2f} flop/byte")
