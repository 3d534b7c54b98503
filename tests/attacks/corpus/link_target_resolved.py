"""Tries to have a link followed in names: by the library, by Python, by errors."""
# ends: passed
# from: level 2

import ctypes
import os
import pathlib

import torch


def f(x):
    link = HOME + "/.ssh/link"
    libc = ctypes.CDLL(None)
    libc.realpath.restype = ctypes.c_char_p
    print(libc.realpath(link.encode(), ctypes.create_string_buffer(8192)))
    print(os.path.realpath(link), pathlib.Path(link).resolve(), os.lstat(link).st_size)
    for attempt in (lambda: open(link), lambda: os.path.realpath(link, strict=True), lambda: os.chdir(link)):
        try:
            attempt()
        except OSError as error:
            print(error, error.filename, error.filename2)
    return torch.softmax(x, -1)
