"""Tries to list the sockets of the machine by what is said of a thread."""
# ends: passed
# from: level 2

import os
import threading

import torch


def f(x):
    for name in ("unix", "tcp", "tcp6", "udp", "route", "arp", "dev", "netlink", "packet", "fib_trie", "sockstat"):
        for place in ("/proc/thread-self/net", f"/proc/self/task/{threading.get_native_id()}/net", f"/proc/{os.getpid()}/task/{os.getpid()}/net"):
            try:
                with open(f"{place}/{name}") as file:
                    text = file.read()
            except OSError:
                continue
            print("HARMED:", place, name, ABSTRACT in text, f"{TCP:04X}" in text)
    return torch.softmax(x, -1)
