"""Tries to list the sockets, routes and neighbours of the machine."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    for name in ("unix", "tcp", "tcp6", "udp", "route", "arp", "dev", "netlink", "packet", "fib_trie", "sockstat"):
        for place in ("/proc/self/net", "/proc/net", "/proc/1/net", f"/proc/{os.getppid()}/net"):
            try:
                with open(f"{place}/{name}") as file:
                    text = file.read()
            except OSError:
                continue
            print("HARMED:", place, name, ABSTRACT in text, f"{TCP:04X}" in text)
    return torch.softmax(x, -1)
