import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, gradient, mistake


def bn_backward(dy, xhat, gamma, sigma2, eps):
    n = len(dy)
    dgamma, dbeta = (dy * xhat).sum(0), dy.sum(0)
    return gamma / (n * (sigma2 + eps).sqrt()) * (n * dy - dbeta - xhat * dgamma), dgamma, dbeta


def forward(x, gamma, beta, eps):
    return gamma * (x - x.mean(0)) / (x.var(0, unbiased=False) + eps).sqrt() + beta


@cases
def batches(rng: Rng):
    for n, d in [(2, 3), (7, 5), (31, 1)]:
        x, eps = rng.normal(n, d, dtype=torch.float64), 1e-5
        sigma2 = x.var(0, unbiased=False)
        xhat = (x - x.mean(0)) / (sigma2 + eps).sqrt()
        gamma = rng.uniform(d, low=0.5, high=2.0, dtype=torch.float64)
        dy = rng.normal(n, d, dtype=torch.float64)
        of = {"x": x, "gamma": gamma, "beta": torch.zeros_like(gamma)}
        yield case(
            dy=dy,
            xhat=xhat,
            gamma=gamma,
            sigma2=sigma2,
            eps=eps,
            label=f"{n} samples of {d}",
            gradient=gradient(forward, of, cotangent=dy, fixed={"eps": eps}),
        )


@check("dx sums to zero over the mini-batch")
def sums(got, ref, inputs):
    dx, largest = got[0], got[0].abs().max()
    if float(dx.sum(0).abs().max()) > 1e-9 * float(largest) + 1e-12:
        return Finding("Adding a constant to x changes nothing, so dx must sum to zero.", name="sum")


@alternative
def by_autograd(dy, xhat, gamma, sigma2, eps):
    x = (xhat * (sigma2 + eps).sqrt()).clone().requires_grad_()
    g, b = gamma.clone().requires_grad_(), torch.zeros_like(gamma, requires_grad=True)
    y = (x - x.mean(0)) / (x.var(0, unbiased=False) + eps).sqrt() * g + b
    return torch.autograd.grad(y, (x, g, b), dy)


@alternative(accept=True)
def unbiased(dy, xhat, gamma, sigma2, eps):
    """The forward pass with the unbiased variance."""
    n = len(dy)
    dgamma, dbeta = (dy * xhat).sum(0), dy.sum(0)
    return gamma / (sigma2 + eps).sqrt() * (dy - dbeta / n - xhat * dgamma / (n - 1)), dgamma, dbeta


@mistake(
    "ignores-mean", "Treats mean and variance as constants.", hint="x moves the mean and the variance of its batch too."
)
def ignores_mean(dy, xhat, gamma, sigma2, eps):
    return gamma * dy / (sigma2 + eps).sqrt(), (dy * xhat).sum(0), dy.sum(0)


@mistake("sums-over-features", "Sums over features.", hint="Which dimension is the mini-batch?")
def sums_over_features(dy, xhat, gamma, sigma2, eps):
    return bn_backward(dy, xhat, gamma, sigma2, eps)[0], (dy * xhat).sum(1), dy.sum(1)
