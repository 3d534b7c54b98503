"""Tries to read the kernel's tables of locks, keys, timers, queues and devices."""
# ends: passed
# from: level 2

import torch


def f(x):
    names = ("locks", "keys", "key-users", "timer_list", "sysvipc/msg", "sysvipc/sem", "sysvipc/shm", "modules", "partitions", "diskstats", "kallsyms", "cmdline", "loadavg", "uptime", "version", "interrupts", "vmstat", "sys/fs/aio-nr", "sys/kernel/hostname")
    for name in names:
        try:
            with open(f"/proc/{name}") as file:
                print("HARMED:", name, len(file.read(100)))
        except OSError:
            pass
    return torch.softmax(x, -1)
