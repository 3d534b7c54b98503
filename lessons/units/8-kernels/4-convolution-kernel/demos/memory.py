"""What the columns of a large layer cost."""

pictures, channels, pixels = 256, 64, 56 * 56
picture_mb = pictures * channels * pixels * 2 / 1e6  # two bytes a number
columns_mb = 9 * picture_mb
gflop = 2 * pictures * pixels * 9 * channels * channels / 1e9
print(f"input {picture_mb:.0f} MB, columns {columns_mb:.0f} MB, {gflop:.1f} GFLOP")
for peak, bandwidth in ((100, 1.0), (400, 2.0), (800, 4.0)):  # TFLOP/s and TB/s of three machines
    product, moving = 1e3 * gflop / peak, 2 * columns_mb / bandwidth
    print(f"{peak} TFLOP/s, {bandwidth} TB/s: product {product:4.0f} µs, columns {moving:5.0f} µs")
