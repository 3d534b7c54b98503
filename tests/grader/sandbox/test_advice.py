"""What is said to exceptions of packages that come of where the code runs: data sets, and devices."""

from __future__ import annotations

import pytest

from grader.grading import Grader
from grader.sandbox import advice
from lessons.data.catalogue import DATA_SETS, IDX
from lessons.loading.loader import load_course

DERIVED = "from torchvision.datasets import MNIST\nclass Mine(MNIST):\n    pass\nMine({root!r}, download={fetch})\n"
ITS_OWN = "A class derived from MNIST looks for its files in a folder of its own name, Mine, and nothing can be fetched"
DATA = {
    "derived": (DERIVED.format(root="data", fetch=True), ITS_OWN),
    "derived, in one's own folder": (DERIVED.format(root=".", fetch=True), ITS_OWN),
    "derived, not to be fetched": (DERIVED.format(root="data", fetch=False), ITS_OWN),
    "derived, fetched by itself": (
        "import torchvision\n"
        "class Mine(torchvision.datasets.MNIST):\n"
        "    def __init__(self, root):\n"
        "        super().__init__(root, download=True)\n"
        "Mine('data')\n",
        ITS_OWN,
    ),
    "elsewhere": (
        "from torchvision.datasets import MNIST\nMNIST('elsewhere', download=True)\n",
        'What MNIST reads is already there, in "data": write MNIST("data", ...)',
    ),
    "another set": (
        "from torchvision.datasets import KMNIST\nKMNIST('data', download=True)\n",
        "Nothing can be fetched from here; dl-tutor data list names the data sets that are there",
    ),
    "a set of another kind": (
        "from torchvision.datasets import CIFAR10\nCIFAR10('.', download=True)\n",
        "Nothing can be fetched from here; dl-tutor data list names the data sets that are there",
    ),
}


@pytest.fixture(scope="module")
def with_data(tmp_path_factory: pytest.TempPathFactory) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DL_TUTOR_DATA", str(tmp_path_factory.mktemp("sets")))
        with Grader(allow_level_1=True) as grader:
            grader.warm()
            yield grader


@pytest.mark.slow
@pytest.mark.parametrize("name", DATA)
def test_a_data_set_that_is_not_there(with_data: Grader, name: str) -> None:
    if with_data.host.level < 2:
        pytest.skip("below level 2 the network may be there")
    source, sentence = DATA[name]
    run = with_data.run(source, name="reads.py", seconds=30)
    assert run.status == "error" and sentence in run.message, run
    assert "nothing else" not in run.message  # the general word on files would be beside the point


@pytest.mark.slow
def test_what_is_advised_works(with_data: Grader) -> None:
    source = (
        "import torchvision\n"
        "class MNIST(torchvision.datasets.MNIST):\n    pass\n"
        "class Mine:\n"
        "    def __init__(self):\n        self.data = torchvision.datasets.MNIST('data')\n"
        "print(len(MNIST('data', download=True)), len(Mine().data))\n"
    )
    run = with_data.run(source, name="reads.py", seconds=30)
    assert run.status == "passed" and run.output.text.endswith("1437 1437\n"), run


def test_what_has_nothing_to_do_with_it_is_left_as_it_is(with_data: Grader) -> None:
    source = (
        "from torchvision.datasets import MNIST\n"
        "class Mine(MNIST):\n    def __init__(self):\n        raise RuntimeError('mine')\nMine()\n"
    )
    assert with_data.run(source, name="own.py").message == "RuntimeError: mine (line 4)"
    source = "from torchvision.datasets import ImageFolder\nImageFolder('nowhere')\n"
    assert "fetched" not in with_data.run(source, name="own.py").message


def test_the_classes_that_are_ready_are_those_of_the_catalogue() -> None:
    assert set(advice.READY) == {word for one in DATA_SETS for word in one.mentions if one.files == IDX}


DEVICES = (
    "torch.ones(2).to('cuda')",
    "torch.nn.Linear(2, 2).cuda()",
    "torch.ones(2, device=torch.device('cuda'))",
    "torch.accelerator.current_device_index()",
)


@pytest.mark.parametrize("code", DEVICES)
def test_who_asks_for_a_gpu_hears_where_code_runs(grader: Grader, code: str) -> None:
    run = grader.run(f"import torch\n{code}\n", name="device.py")
    assert run.status == "error" and ". The tutor runs code on the CPU, even where there is a GPU. " in run.message
    idiom = 'torch.device("cuda" if torch.cuda.is_available() else "cpu")'
    assert idiom in run.message and ".." not in run.message
    run = grader.run(f"import torch\nprint(torch.ones(2).to({idiom}).device)\n", name="device.py")
    assert run.status == "passed" and run.output.text == "cpu\n"


def test_a_verdict_says_it_too(grader: Grader) -> None:
    exercise = load_course().exercise("random-bits")
    assert exercise is not None
    source = "import torch\ndef random_bits(n, generator): return torch.zeros(n, device='cuda')\n"
    verdict = grader.grade(exercise, source, parts=[exercise.parts[0].id])
    assert verdict.status == "error" and "The tutor runs code on the CPU" in verdict.parts[0].checks[0].message


@pytest.mark.parametrize(
    "message",
    [
        "No CUDA GPUs are available",
        "Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU",
        "CUDA error: no CUDA-capable device is detected",
    ],
)
def test_so_it_is_with_a_torch_for_cuda(message: str) -> None:
    assert advice.advice(RuntimeError(message), message) == advice.GPU


def test_an_exception_that_bites_is_let_be() -> None:
    class Hostile(Exception):
        @property
        def __traceback__(self) -> object:  # type: ignore[override]
            raise SystemExit

    assert advice.advice(Hostile("Dataset not found"), "Dataset not found") == ""


PLACES = {
    "a loader's processes": (
        "import torch\nfrom torch.utils.data import DataLoader as D\nfor b in D(torch.ones(8), num_workers=2): pass\n",
        "leave num_workers at 0 (line 3)",
    ),
    "a pool": ("import multiprocessing as m\nm.Pool(2)\n", "do the work in a loop, or in threads (line 2)"),
    "an executor": (
        "from concurrent.futures import ProcessPoolExecutor as P\nwith P(2) as p: list(p.map(abs, [1]))\n",
        "do the work in a loop, or in threads (line 2)",
    ),
    "compile": (
        "import torch\n@torch.compile\ndef f(x): return x.sin() + 1\nf(torch.ones(3))\n",
        "torch.compile calls a compiler, but your code cannot start another program: leave it out here (line 4)",
    ),
    "input": ("n = int(input('how many? '))\n", "take the value as an argument, or write it down (line 1)"),
    "breakpoint": ("x = 3\nbreakpoint()\n", "run your file by itself to look into it"),
    "pdb": ("import pdb\npdb.set_trace()\n", "run your file by itself to look into it"),
    "a file beside": ("from helpers import softmax\n", "write what you need into this file (line 1)"),
    "a file beside, with a dot": ("from .helpers import softmax\n", "write what you need into this file (line 1)"),
}


@pytest.mark.parametrize("name", PLACES)
def test_what_code_cannot_do_here_is_said_with_what_to_do(grader: Grader, name: str) -> None:
    if grader.host.level < 2:
        pytest.skip(f"level 2 is not to be had here: {grader.host.off}")
    source, said = PLACES[name]
    run = grader.run(source, name="here.py", seconds=10)
    assert run.status == "error" and run.message.endswith(said), run.message
    assert "TORCHDYNAMO" not in run.message


ALIKE = {
    "an own class of that name": "class BdbQuit(Exception): pass\nraise BdbQuit",
    "no permission": "raise PermissionError('none')",
}


@pytest.mark.parametrize("name", ALIKE)
def test_nothing_is_said_of_what_only_looks_like_it(grader: Grader, name: str) -> None:
    run = grader.run(ALIKE[name], name="here.py", seconds=10)
    assert run.status == "error" and "here" not in run.message.replace("here.py", "")


@pytest.mark.slow
def test_no_path_of_the_scratch_folder_is_shown(grader: Grader) -> None:
    run = grader.run("import os\nopen(os.path.abspath('none.txt'))\n", name="here.py", seconds=10)
    assert run.message == "FileNotFoundError: [Errno 2] No such file or directory: 'none.txt' (line 2)"
    run = grader.run("import os\nraise ValueError(os.getcwd())\n", name="here.py", seconds=10)
    assert run.message == "ValueError: its own folder (line 2)"
