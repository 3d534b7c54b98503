"""The roofline of a machine, and operations below it. Change the two numbers to those of a GPU that you know."""

import matplotlib.pyplot as plt

peak, bandwidth = 20.0, 1.0  # TFLOP/s and TB/s
ridge = peak / bandwidth
operations = {"sum": 1 / 12, "relu": 1 / 8, "matrix times vector": 0.5, "64 x 64": 64 / 6, "1024 x 1024": 1024 / 6}
reached = {name: min(peak, intensity * bandwidth) for name, intensity in operations.items()}

plt.loglog([0.05, ridge, 1000], [0.05 * bandwidth, peak, peak])
plt.loglog(list(operations.values()), list(reached.values()), "o")
plt.axvline(ridge)
plt.xlabel("flop / byte")
plt.ylabel("TFLOP/s")
plt.show()
for name, speed in reached.items():
    print(f"{name:20} {speed:7.3f} TFLOP/s, {100 * speed / peak:5.1f} % of the peak")
