"""Tries to change a data set, or to leave something beside it."""
# ends: passed
# from: level 2

import os
import shutil

import torch


def f(x):
    assert open("data/MNIST/labels").read() == "7 2 1 0 4"
    for folder in ("data", "MNIST/..", HOME + "/data-sets"):
        labels = folder + "/MNIST/labels"
        for attempt in (
            lambda: open(labels, "w").write("harmed"),
            lambda: open(labels, "r+b").write(b"harmed"),
            lambda: os.truncate(labels, 1),
            lambda: os.unlink(labels),
            lambda: os.rename(labels, folder + "/elsewhere"),
            lambda: os.replace("mine", labels),
            lambda: os.link(labels, "mine-too"),
            lambda: os.chmod(labels, 0o777),
            lambda: os.utime(labels, (0, 0)),
            lambda: os.mkdir(folder + "/more"),
            lambda: open(folder + "/more", "w").write("harmed"),
            lambda: shutil.rmtree(folder + "/MNIST"),
        ):
            open("mine", "w").write("harmed")
            try:
                attempt()
            except OSError:
                pass
    return torch.softmax(x, -1)
