"""A data set is named by what is run, and by nothing else."""

from __future__ import annotations

import pytest

from lessons.data.mentions import mentioned

BOTH = ["fashion-mnist", "mnist"]
ALL = {
    "datasets.FashionMNIST('data')": ["fashion-mnist"],
    "from torchvision.datasets import MNIST, FashionMNIST as F\nMNIST('data'), F('data')": BOTH,
    "from torchvision.datasets import MNIST, FashionMNIST": [],
    "import torchvision.datasets as D\nD.MNIST('data')": ["mnist"],
    "load_dataset('glue', 'sst2')": ["sst2"],
    "load_dataset(f'glue/sst2')": ["sst2"],
    "load_dataset('opus_books', 'en-fr')": ["opus-books"],
    "GloVe(name='6B')": ["glove"],
    "class FashionMNISTDataset(Dataset): pass": [],
    "KMNIST('data')": [],
    "# MNIST is not used here": [],
    '"""Pictures of MNIST, and of Fashion-MNIST."""': [],
    'def f():\n    """MNIST"""': [],
    "def f():\n    return MNIST('data')": ["mnist"],
    "if __name__ == '__main__':\n    MNIST('data')": [],
    "def f(:\n    MNIST": ["mnist"],
    "import torch": [],
}
CALLED = {
    "def f(): return 1\ndef save(): return MNIST('data')": [],
    "def f(): return save()\ndef save(): return MNIST('data')": ["mnist"],
    "def f(): return 1\ndef save(): return MNIST('data')\nsave()": ["mnist"],
    "from torchvision.datasets import MNIST as M\ndef f(): return M('data')": ["mnist"],
    "from torchvision.datasets import MNIST as M\ndef g(): return M('data')\ndef f(): return 1": [],
    "def f(): return 1\ndef g(): return FashionMNIST()\nif __name__ == '__main__':\n    g()": [],
    "class A:\n    def go(self): return MNIST('data')\ndef f(): return A().go()": ["mnist"],
    "def g(): return f()\ndef f(): return g() or MNIST": ["mnist"],
    "f = lambda: MNIST('data')": ["mnist"],
    "def other(): return MNIST('data')": ["mnist"],
}


@pytest.mark.parametrize("source", ALL)
def test_what_a_program_names(source: str) -> None:
    assert [one.id for one in mentioned(source)] == ALL[source]


@pytest.mark.parametrize("source", CALLED)
def test_what_a_program_names_that_is_called_from_outside(source: str) -> None:
    assert [one.id for one in mentioned(source, entries={"f"})] == CALLED[source]


def test_each_is_named_once_and_in_the_order_of_the_catalogue() -> None:
    assert [one.id for one in mentioned("MNIST('a')", "FashionMNIST('a')", "MNIST('b')")] == BOTH
