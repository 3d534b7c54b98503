"""The passes of a stable softmax, an operation at a time; a number for each row is not counted."""

passes = {
    "m = x.amax(1, keepdim=True)": 1,
    "z = x - m": 2,
    "e = z.exp()": 2,
    "s = e.sum(1, keepdim=True)": 1,
    "y = e / s": 2,
}
for operation, count in passes.items():
    print(f"{operation:27} {count}")
total = sum(passes.values())
print(f"{total} passes. Fused: 2")
