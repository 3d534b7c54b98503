import torch

from grader.spec import Rng, alternative, cases, mistake, script


class BN(torch.nn.Module):
    def __init__(self, in_features):
        super().__init__()
        self.gamma = torch.nn.Parameter(torch.ones(in_features))
        self.beta = torch.nn.Parameter(torch.zeros(in_features))
        self.register_buffer("mu_avg", torch.zeros(in_features))
        self.register_buffer("s2_avg", torch.ones(in_features))
        self.eps = 1e-5

    def forward(self, x):
        if self.training:
            mu, s2 = x.mean(0), x.var(0, unbiased=False)
            self.remember(mu.detach(), x.detach())
        else:
            mu, s2 = self.mu_avg, self.s2_avg
        return (x - mu) / (s2 + self.eps).sqrt() * self.gamma + self.beta

    def remember(self, mu, x):
        self.mu_avg = 0.9 * self.mu_avg + 0.1 * mu
        self.s2_avg = 0.9 * self.s2_avg + 0.1 * x.var(0, unbiased=False)


@cases
def life(rng: Rng):
    s = script("five batches, then predictions")
    bn = s.new("BN", 4)
    s.observe(bn, "parameters")
    s.train(bn)
    for _ in range(5):
        s.call(bn, rng.normal(8, 4, mean=2.0, std=3.0), label="training")
    s.observe(bn, "tracked", label="averages")
    s.eval(bn)
    x = rng.normal(3, 4)
    s.call(bn, x, label="three together")
    s.call(bn, x[:1], label="one alone")
    s.call(bn, 100 + x, label="far away")
    s.call(bn, x, label="three again")
    yield s
    s = script("predicting before training")
    bn = s.new("BN", 3)
    s.eval(bn)
    s.call(bn, rng.normal(2, 3))
    yield s
    s = script("gradients")
    bn = s.new("BN", 5)
    s.set(bn, [rng.uniform(5, low=0.5, high=2.0), rng.normal(5)])
    s.train(bn)
    s.call(bn, rng.normal(6, 5), wrt=[0], label="training")
    s.backward(rng.normal(6, 5))
    s.grads(bn, label="gradients of gamma and beta")
    yield s
    s = script("the gradient of x")
    bn = s.new("BN", 5)
    s.train(bn)
    y = s.call(bn, rng.normal(6, 5), wrt=[0], label="training")
    s.backward(rng.normal(6, 5))
    s.grads(y, label="gradient of x")
    yield s


@alternative
class PlainAttributes(torch.nn.Module):
    def __init__(self, in_features):
        super().__init__()
        self.gamma = torch.nn.Parameter(torch.ones(in_features))
        self.beta = torch.nn.Parameter(torch.zeros(in_features))
        self._m, self._v = 0.0, 1.0

    def forward(self, x):
        m, v = self._m, self._v
        if self.training:
            m, v = x.mean(0), ((x - x.mean(0)) ** 2).mean(0)
            with torch.no_grad():
                self._m, self._v = 0.9 * self._m + 0.1 * m, 0.9 * self._v + 0.1 * v
        v = torch.as_tensor(v)
        return self.gamma * (x - m) / torch.sqrt(v + 1e-5) + self.beta


@alternative(accept=True)
class Unbiased(BN):
    """Running averages of the unbiased variance."""

    def remember(self, mu, x):
        self.mu_avg = 0.9 * self.mu_avg + 0.1 * mu
        self.s2_avg = 0.9 * self.s2_avg + 0.1 * x.var(0, unbiased=True)


@mistake(
    "eval-updates",
    "Updates the averages in prediction mode too.",
    hint="Call eval twice with odd data: do predictions change?",
)
class EvalUpdates(BN):
    def forward(self, x):
        self.remember(x.mean(0).detach(), x.detach()) if not self.training and len(x) > 1 else None
        return super().forward(x)


@mistake("weights-swapped", "Weighs the new batch with 0.9.", hint="Which of the two weights belongs to the past?")
class WeightsSwapped(BN):
    def remember(self, mu, x):
        self.mu_avg = 0.1 * self.mu_avg + 0.9 * mu
        self.s2_avg = 0.1 * self.s2_avg + 0.9 * x.var(0, unbiased=False)


@mistake(
    "averages-trained", "Makes the averages parameters.", hint="An optimiser would change them: they are not trained."
)
class AveragesTrained(BN):
    def __init__(self, in_features):
        super().__init__(in_features)
        self.more = torch.nn.Parameter(torch.zeros(in_features))


@mistake("keeps-the-graph", "Keeps the graph of every batch.", hint="detach what you remember.")
class KeepsTheGraph(BN):
    def forward(self, x):
        if self.training:
            self.remember((x * self.gamma / self.gamma).mean(0), x)
            return (x - x.mean(0)) / (x.var(0, unbiased=False) + self.eps).sqrt() * self.gamma + self.beta
        return super().forward(x)


@mistake("created-late", "Creates the averages in training mode only.", hint="Initialise them in the constructor.")
class CreatedLate(BN):
    def __init__(self, in_features):
        super().__init__(in_features)
        del self.mu_avg

    def forward(self, x):
        if self.training and not hasattr(self, "mu_avg"):
            self.mu_avg = torch.zeros(x.shape[1])
        return super().forward(x)
