"""Six minima of the eggholder: the value, the two curvatures, and the largest rate that comes to rest there."""

import torch


def eggholder(w):
    w0, v = w[0], w[1] + 47
    return -v * torch.sin((v + w0 / 2).abs().sqrt()) - w0 * torch.sin((w0 - v).abs().sqrt())


hessian = torch.autograd.functional.hessian  # all second derivatives, as a matrix
minima, values, limits = [], [], []
near = [(418.6, 171.0), (439.5, 454.0), (479.0, 434.5), (482.4, 432.9), (150.2, 301.3), (325.0, 216.0)]
for place in near:
    w = torch.tensor(place, dtype=torch.float64)
    for _ in range(5):  # Newton's method: from the rounded place to the minimum itself
        slope = torch.autograd.functional.jacobian(eggholder, w)
        w = w - torch.linalg.solve(hessian(eggholder, w), slope)
    flat, steep = torch.linalg.eigvalsh(hessian(eggholder, w)).tolist()
    minima.append(w.tolist())
    values.append(eggholder(w).item())
    limits.append(2 / steep)
    print(f"({w[0]:.2f}, {w[1]:.2f}): {values[-1]:7.1f}, curvatures {flat:.2f} and {steep:5.2f},", end=" ")
    print(f"ratio {steep / flat:3.0f}, largest rate {limits[-1]:.4f}")
