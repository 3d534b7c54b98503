"""How long does the sum of two vectors take, at least?"""

n = 1_000_000
peak, bandwidth = 20e12, 1e12  # flops and bytes a second
flops = n
moved = 3 * 4 * n  # two vectors are read and one is written, four bytes a number
computing, moving = 1e6 * flops / peak, 1e6 * moved / bandwidth
print(f"computing {computing:.2f} µs, moving {moving:.2f} µs: {moving / computing:.0f} times as long")
