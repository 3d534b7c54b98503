"""Sizes, parameters, multiplications and receptive fields of LeNet-5, by arithmetic alone."""

layers = [  # name, kernel, stride, padding, channels
    ("C1", 5, 1, 2, 6), ("S2", 2, 2, 0, None), ("C3", 5, 1, 0, 16), ("S4", 2, 2, 0, None), ("C5", 5, 1, 0, 120),
]  # fmt: skip
side, channels, field, step = 28, 1, 1, 1
parameters, multiplications, fields = [], [], []
for name, kernel, stride, padding, new in layers:
    side = (side + 2 * padding - kernel) // stride + 1
    weights = kernel**2 * channels * new if new else 0
    parameters.append(weights + new if new else 0)
    multiplications.append(weights * side**2)
    field, step = field + (kernel - 1) * step, step * stride
    fields.append(field)
    channels = new or channels
    print(f"{name}  {channels:3} x {side:2} x {side:2}  {parameters[-1]:7,} {multiplications[-1]:9,}   sees {field} x {field}")
for name, inputs, outputs in (("F6", 120, 84), ("output", 84, 10)):
    parameters.append(inputs * outputs + outputs)
    multiplications.append(inputs * outputs)
    print(f"{name:6} {outputs:3}          {parameters[-1]:7,} {multiplications[-1]:9,}   sees everything")
print(f"together {sum(parameters):,} parameters and {sum(multiplications):,} multiplications")
