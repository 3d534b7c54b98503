"""What learners write works inside all layers: some fifty idioms of torch, numpy and the standard library."""

from __future__ import annotations

import pytest

from grader.grading import Grader

IDIOMS = {
    "several threads": "torch.set_num_threads(2); a = torch.randn(500, 500); (a @ a).sum()",
    "convolution and batch norm": (
        "m = torch.nn.Sequential(torch.nn.Conv2d(3, 8, 3), torch.nn.BatchNorm2d(8))\n"
        "m(torch.randn(2, 3, 16, 16)).sum().backward()"
    ),
    "Adam with a schedule": (
        "m = torch.nn.Linear(3, 1)\n"
        "o = torch.optim.Adam(m.parameters())\n"
        "s = torch.optim.lr_scheduler.CosineAnnealingLR(o, 5)\n"
        "m(x).sum().backward(); o.step(); s.step()"
    ),
    "a transformer": "torch.nn.TransformerEncoderLayer(8, 2, batch_first=True)(torch.randn(2, 5, 8))",
    "an LSTM": "torch.nn.LSTM(3, 4)(torch.randn(5, 2, 3))",
    "attention": "q = torch.randn(1, 2, 8, 4); torch.nn.functional.scaled_dot_product_attention(q, q, q)",
    "torch.func": "torch.func.vmap(torch.func.grad(lambda t: (t ** 2).sum()))(x)",
    "linear algebra": "a = torch.randn(20, 20); torch.linalg.svd(a); torch.linalg.eigh(a @ a.T); torch.linalg.qr(a)",
    "Fourier and sparse": "torch.fft.fft(x); torch.eye(3).to_sparse() @ torch.ones(3, 1)",
    "script": "torch.jit.script(torch.nn.ReLU())(x)",
    "compile, eager": "torch.compile(lambda t: t + 1, backend='eager')(x)",
    "symbolic trace": "import torch.fx; torch.fx.symbolic_trace(torch.nn.ReLU())",
    "a DataLoader": "len(list(torch.utils.data.DataLoader(torch.arange(10), batch_size=2, shuffle=True)))",
    "save and load in memory": "import io; b = io.BytesIO(); torch.save({'a': x}, b); b.seek(0); torch.load(b)['a']",
    "save and load a file": "torch.save({'a': x}, 'm.pt'); torch.load('m.pt')['a']",
    "numpy files": "numpy.save('a.npy', numpy.ones(3)); numpy.load('a.npy', mmap_mode='r').sum()",
    "pathlib": "import pathlib; p = pathlib.Path('a'); p.mkdir(); (p / 'b').write_text('1'); [*p.iterdir()]",
    "temporary files": (
        "import tempfile\nwith tempfile.TemporaryFile() as t, tempfile.TemporaryDirectory(): t.write(b'x')"
    ),
    "zip files": (
        "import zipfile\n"
        "with zipfile.ZipFile('z', 'w') as z: z.writestr('a', '1')\n"
        "zipfile.ZipFile('z').extractall('y')"
    ),
    "a database": "import sqlite3; d = sqlite3.connect('d'); d.execute('create table t (x)'); d.commit()",
    "a thread pool": (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(4) as pool: assert sum(pool.map(abs, range(10))) == 45"
    ),
    "asyncio": "import asyncio; asyncio.run(asyncio.sleep(0.01))",
    "one process of a group": (
        "import torch.distributed as d\n"
        "from torch.testing._internal.distributed.fake_pg import FakeStore\n"
        "d.init_process_group('fake', store=FakeStore(), rank=0, world_size=4)\n"
        "d.all_reduce(torch.ones(2))"
    ),
    "dates and zones": ("import datetime, zoneinfo; datetime.datetime.now(zoneinfo.ZoneInfo('Europe/Berlin'))"),
    "checkpointing": (
        "from torch.utils.checkpoint import checkpoint\n"
        "y = x.clone().requires_grad_()\n"
        "checkpoint(torch.sin, y, use_reentrant=False).sum().backward()"
    ),
    "an autograd function": (
        "class Twice(torch.autograd.Function):\n"
        "    @staticmethod\n"
        "    def forward(c, a): return a * 2\n"
        "    @staticmethod\n"
        "    def backward(c, g): return g * 2\n"
        "y = x.clone().requires_grad_(); Twice.apply(y).sum().backward()"
    ),
    "is there a GPU": "assert not torch.cuda.is_available()",
    "who and where am I": (
        "import getpass, os, pathlib, platform\n"
        "getpass.getuser(); os.getcwd(); pathlib.Path.home(); platform.platform(); os.cpu_count()"
    ),
    "network modules": "import ssl, urllib.request, http.client, locale; ssl.create_default_context()",
    "scikit-learn": "from sklearn.linear_model import LinearRegression; LinearRegression().fit([[1], [2]], [1, 2])",
    "sympy": "import sympy; sympy.diff(sympy.Symbol('t') ** 2)",
    "pandas": "import pandas; pandas.DataFrame({'a': [1]}).to_csv('a.csv'); pandas.read_csv('a.csv')",
    "the versions of packages": "import importlib.metadata as m; m.version('torch'), m.version('scikit-learn')",
    "a package's data": (
        "import importlib.resources as r; assert r.files('sklearn').joinpath('datasets/data/iris.csv').read_text()"
    ),
    "signals to oneself": (
        "import signal; signal.signal(signal.SIGUSR1, lambda *_: None); signal.raise_signal(signal.SIGUSR1)"
    ),
    "a traceback": "import traceback\ntry: 1 / 0\nexcept ZeroDivisionError: traceback.format_exc()",
    "one's own source": "import inspect\ndef f(): pass\ninspect.getsource(f)",
    "sixty-four threads": "torch.set_num_threads(64); a = torch.randn(500, 500); (a @ a).relu().sum()",
    "parallel trees": (
        "from sklearn.ensemble import RandomForestClassifier\n"
        "RandomForestClassifier(4, n_jobs=2).fit([[0], [1]], [0, 1])"
    ),
    "a path without links": (
        "import os, pathlib; pathlib.Path('data').resolve(), pathlib.Path('a').resolve()\n"
        "os.path.realpath(torch.__file__)"
    ),
    "copies of files": (
        "import shutil; open('a', 'w').write('1'); shutil.copyfile('a', 'b'); assert open('b').read() == '1'"
    ),
    "memory-mapped files": (
        "m = numpy.memmap('m', dtype='f4', mode='w+', shape=(9,)); m[:] = 1; m.flush(); numpy.ones(9).tofile('t')\n"
        "torch.save({'a': x}, 'm.pt'); torch.load('m.pt', mmap=True); torch.from_file('t', size=9, dtype=torch.float64)"
    ),
    "a lock file": "import filelock\nwith filelock.FileLock('l', timeout=5): pass",
    "a data set in memory and on disk": (
        "import datasets\n"
        "d = datasets.Dataset.from_dict({'a': [1, 2]}).map(lambda r: {'b': r['a'] + 1})\n"
        "d.save_to_disk('d'); assert datasets.load_from_disk('d')[1]['b'] == 3"
    ),
    "a stream of asyncio": (
        "import asyncio, socket\n"
        "async def main():\n"
        "    near, far = socket.socketpair()\n"
        "    reader, writer = await asyncio.open_connection(sock=near)\n"
        "    writer.write(b'x'); await writer.drain(); return far.recv(9)\n"
        "assert asyncio.run(main()) == b'x'"
    ),
    "an alarm": (
        "import signal, time; signal.signal(signal.SIGALRM, lambda *_: None)\n"
        "signal.setitimer(signal.ITIMER_REAL, 0.01); time.sleep(0.02)"
    ),
    "how much memory it has": (
        "import os, resource; resource.getrusage(resource.RUSAGE_SELF); open('/proc/self/statm').read()\n"
        "open('/proc/self/status').read(); open('/proc/meminfo').read(); len(os.listdir('/proc/self/task'))"
    ),
    "archives": (
        "import os, tarfile; open('a', 'w').write('1')\n"
        "with tarfile.open('t.tar', 'w') as t: t.add('a')\n"
        "os.mkdir('o'); tarfile.open('t.tar').extractall('o')"
    ),
    "files of the log": (
        "import logging.handlers as h; l = h.RotatingFileHandler('l', maxBytes=9, backupCount=2)\n"
        "import logging; logging.getLogger().addHandler(l); logging.warning('x' * 20); logging.warning('y' * 20)"
    ),
    "the profiler": "from torch.profiler import profile\nwith profile() as p: x @ x.T\nassert len(p.key_averages())",
}


@pytest.mark.parametrize("name", IDIOMS)
def test_it_works(grader: Grader, name: str) -> None:
    source = f"import numpy, torch\nx = torch.ones(2, 3)\n{IDIOMS[name]}\nprint('done')\n"
    run = grader.run(source, name="idiom.py", seconds=60)
    assert run.status == "passed" and run.output.text.endswith("done\n"), run


REFUSED = {
    "a process": ("import subprocess; subprocess.run(['/bin/echo'])", "no other processes or programs"),
    "a worker of a DataLoader": (
        "import torch; next(iter(torch.utils.data.DataLoader(torch.arange(3), num_workers=1)))",
        "PermissionError",
    ),
    "the network": ("import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')", "allows no network"),
    "a name on the network": ("import socket; socket.getaddrinfo('example.org', 80)", "allows no network"),
    "a file elsewhere": ("open('/etc/hostname')", "read and write its own folder; nothing else (line 1)"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_says_so(grader: Grader, name: str) -> None:
    grader.warm()
    if grader.host.level < 2:
        pytest.skip(f"level 2 is not to be had here: {grader.host.off}")
    source, sentence = REFUSED[name]
    run = grader.run(source, name="refused.py", seconds=10)
    assert run.status == "error" and sentence in run.message, run


def test_an_error_that_is_the_learners_own_is_left_as_it_is(grader: Grader) -> None:
    run = grader.run("raise PermissionError('not yours')", name="own.py")
    assert run.message == "PermissionError: not yours (line 1)"
    run = grader.run("raise ValueError('[Errno 13] is a number')", name="own.py")
    assert run.message == "ValueError: [Errno 13] is a number (line 1)"


def test_a_lock_that_is_taken_otherwise_is_not_spoken_of(grader: Grader) -> None:
    source = "import filelock, warnings\nwith filelock.FileLock('l', timeout=5): print('locked')\nwarnings.warn('own')"
    run = grader.run(source, name="lock.py", seconds=10)
    assert run.output.text.startswith("locked\n") and "flock" not in run.output.text and "own" in run.output.text
