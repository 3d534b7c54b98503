"""What code calls is heard however it names it, and nothing else is."""

from __future__ import annotations

import functools
import operator
import threading
from collections.abc import Callable

import numpy as np
import pytest
import torch

from grader.sandbox.calls import listening, names

X = torch.tensor([[0.5, -1.0, 2.0], [1.5, 0.0, -0.5]])
AUTOGRAD = ".backward"
FORBIDDEN = (
    AUTOGRAD,
    "torch.log_softmax",
    ".expand_as",
    ".numpy",
    ".tolist",
    "torch.nn.functional.cross_entropy",
    "numpy.broadcast_shapes",
    "for",
)
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")  # of tracing


@functools.cache
def traced() -> Callable[..., object]:
    graph: Callable[..., object] = torch.jit.trace(lambda z: z.log_softmax(0), X)
    return graph


def cost() -> tuple[torch.Tensor, torch.Tensor]:
    x = X.clone().requires_grad_()
    return (x**2).sum(), x


HEARD: dict[str, tuple[str, Callable[[], object]]] = {
    "the function": ("torch.log_softmax", lambda: torch.log_softmax(X, 1)),
    "the method": ("torch.log_softmax", lambda: X.log_softmax(1)),
    "the library's function": ("torch.log_softmax", lambda: torch.nn.functional.log_softmax(X, 1)),
    "the module": ("torch.log_softmax", lambda: torch.nn.LogSoftmax(1)(X)),
    "getattr": ("torch.log_softmax", lambda: getattr(torch, "log_" + "softmax")(X, 1)),
    "a string": ("torch.log_softmax", lambda: eval("torch.log_softmax(X, 1)")),
    "an operator": ("torch.log_softmax", lambda: torch.ops.aten.log_softmax(X, 1)),
    "an overload": ("torch.log_softmax", lambda: torch.ops.aten.log_softmax.int(X, 1)),
    "what it is made of": ("torch.log_softmax", lambda: torch.ops.aten._log_softmax(X, 1, False)),
    "PyTorch's own names": ("torch.log_softmax", lambda: torch._C._VariableFunctions.log_softmax(X, 1)),
    "from C, by map": ("torch.log_softmax", lambda: list(map(torch.log_softmax, [X], [1]))),
    "from C, by a method's name": ("torch.log_softmax", lambda: operator.methodcaller("log_softmax", 1)(X)),
    "from C, by partial": ("torch.log_softmax", lambda: functools.partial(torch.log_softmax, dim=1)(X)),
    "a compiled graph": ("torch.log_softmax", lambda: traced()(X)),
    "a cost that does it": (
        "torch.nn.functional.cross_entropy", lambda: torch.nn.CrossEntropyLoss()(X, torch.tensor([0, 1]))
    ),
    "backward": (AUTOGRAD, lambda: cost()[0].backward()),
    "autograd.grad": (AUTOGRAD, lambda: torch.autograd.grad(*cost())),
    "autograd.backward": (AUTOGRAD, lambda: torch.autograd.backward(cost()[0])),
    "func.grad": (AUTOGRAD, lambda: torch.func.grad(lambda x: (x**2).sum())(X)),
    "func.jacrev": (AUTOGRAD, lambda: torch.func.jacrev(lambda x: x**2)(X)),
    "func.jvp": (AUTOGRAD, lambda: torch.func.jvp(lambda x: x**2, (X,), (X,))),
    "functional.vjp": (AUTOGRAD, lambda: torch.autograd.functional.vjp(lambda x: (x**2).sum(), X)),
    "numpy": (".numpy", lambda: X.numpy()),
    "numpy's array": (".numpy", lambda: np.asarray(X)),
    "DLPack": (".numpy", lambda: np.from_dlpack(X)),
    "tolist": (".tolist", lambda: torch.Tensor.tolist(X)),
    "expand_as": (".expand_as", lambda: X[:1].expand_as(X)),
    "a function of NumPy's": ("numpy.broadcast_shapes", lambda: getattr(np, "broadcast_" + "shapes")((1, 3), (3,))),
}  # fmt: skip


@pytest.mark.parametrize("way", HEARD)
def test_a_call_is_heard_however_it_is_made(way: str) -> None:
    forbidden, call = HEARD[way]
    traced()  # before anybody listens, as at the top of a file
    with listening(FORBIDDEN, __file__) as told:
        call()
    assert forbidden in [name for name, _ in told]
    assert all(line > 0 for _, line in told)


def own_grad(value: torch.Tensor) -> torch.Tensor:
    def grad(x: torch.Tensor) -> torch.Tensor:
        return 2 * x

    def log_softmax(x: torch.Tensor) -> torch.Tensor:
        return x - x.exp().sum().log()

    return log_softmax(grad(value))


UNHEARD: dict[str, Callable[[], object]] = {
    "by hand": lambda: X - X.exp().sum(1, keepdim=True).log(),
    "own functions of these names": lambda: own_grad(X),
    "printed": lambda: (repr(X), str(X), f"{X[0, 0]:.3f}"),
    "numbers one by one": lambda: [X[0, i].item() for i in range(3)],
    "a layer and a step": lambda: torch.optim.SGD([torch.nn.Linear(3, 2).weight], lr=0.1).step(),
    "other functions": lambda: torch.softmax(X, 1).argmax(1) + X.expand(2, 3).long().sum(),
    "whether there is a graph": lambda: cost()[0].requires_grad and cost()[1].grad is None,
    "made from an array": lambda: torch.from_numpy(np.ones(3)) * torch.tensor(np.zeros(3)),
}


@pytest.mark.parametrize("way", UNHEARD)
def test_nothing_else_is_heard(way: str) -> None:
    with listening(FORBIDDEN, __file__) as told:
        UNHEARD[way]()
    assert told == []


def test_nobody_listens_before_or_after() -> None:
    torch.log_softmax(X, 1)
    with listening(FORBIDDEN, __file__) as told:
        pass
    torch.log_softmax(X, 1)
    assert told == []


def test_listening_ends_where_the_code_raises() -> None:
    with pytest.raises(ZeroDivisionError), listening(FORBIDDEN, __file__) as told:
        torch.log_softmax(X, 1) / (1 // 0)
    assert torch.overrides._get_current_function_mode() is None and told == []


def test_loops_are_no_functions() -> None:
    assert "for" not in names(FORBIDDEN) and names(["torch.func.grad"])["run_backward"] == "torch.func.grad"


def test_another_thread_is_not_heard() -> None:
    """As the documentation says."""
    with listening(FORBIDDEN, __file__) as told:
        one = threading.Thread(target=lambda: torch.log_softmax(X, 1))
        one.start()
        one.join()
    assert told == []
