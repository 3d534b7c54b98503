"""One point on its way through the neuron, step by step."""

import torch

w0, w1, b = -1.0, -1.0, -5.0
x0, x1 = -7.0, -1.0

z = w0 * x0 + w1 * x1 + b
y = torch.sigmoid(torch.tensor(z)).item()

print(f"""
   x0 = {x0:4} --- w0 = {w0:4} ---.
                              v
                        z = {z:4} ---- S ----> y = {y:.4f}
                              ^
   x1 = {x1:4} --- w1 = {w1:4} ---+
                              |
                   b = {b:4} ---'
""")
print("The point is black with probability", round(y, 4))
