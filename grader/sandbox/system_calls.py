"""Every system call of Linux, by what the sandbox answers to it: its numbers on x86-64 and on 64-bit Arm.

From the kernel's arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h. A number is never
reassigned, so the tables only grow. Each is in one table: a call that is in none does not exist in the sandbox.
"""

from __future__ import annotations

Numbers = tuple[int | None, int | None]
"""(x86-64, aarch64), None where there is no such call."""

NEWEST = 469
"""The newest number that has been looked at, on both architectures. What is newer does not exist in the sandbox."""
UNASSIGNED: tuple[frozenset[int], frozenset[int]] = (
    frozenset(range(337, 424)),
    frozenset((*range(244, 260), *range(295, 424))),  # from 403 on they are for 32-bit machines
)
"""The numbers up to NEWEST that no call has."""


def _table(text: str) -> dict[str, Numbers]:
    """Words of the form `name=x86/arm`; others say what those that follow are for."""
    words = (word.partition("=") for word in text.split())
    return {name: _numbers(numbers) for name, mark, numbers in words if mark}


def _numbers(text: str) -> Numbers:
    x86, _, arm = text.partition("/")
    return None if x86 == "-" else int(x86), None if arm == "-" else int(arm)


ALLOWED = _table(
    """
    descriptors: read=0/63 write=1/64 readv=19/65 writev=20/66 pread64=17/67 pwrite64=18/68 preadv=295/69
        pwritev=296/70 preadv2=327/286 pwritev2=328/287 lseek=8/62 close=3/57 close_range=436/436 dup=32/23 dup2=33/-
        dup3=292/24 pipe=22/- pipe2=293/59 fcntl=72/25 ioctl=16/29
    waiting: poll=7/- ppoll=271/73 select=23/- pselect6=270/72 epoll_create=213/- epoll_create1=291/20
        epoll_ctl=233/21 epoll_wait=232/- epoll_pwait=281/22 epoll_pwait2=441/441 eventfd=284/- eventfd2=290/19
        signalfd=282/- signalfd4=289/74 timerfd_create=283/85 timerfd_settime=286/86 timerfd_gettime=287/87
    pairs of sockets: socketpair=53/199 sendto=44/206 recvfrom=45/207 shutdown=48/210 getsockname=51/204
        getpeername=52/205 getsockopt=55/209 setsockopt=54/208
    files: open=2/- openat=257/56 creat=85/- stat=4/- lstat=6/- fstat=5/80 newfstatat=262/79 statx=332/291 access=21/-
        faccessat=269/48 faccessat2=439/439 statfs=137/43 fstatfs=138/44 getdents=78/- getdents64=217/61
        ftruncate=77/46 fsync=74/82 fdatasync=75/83
    folders: getcwd=79/17 chdir=80/49 fchdir=81/50 mkdir=83/- mkdirat=258/34 rmdir=84/- rename=82/- renameat=264/38
        renameat2=316/276 link=86/- linkat=265/37 symlink=88/- symlinkat=266/36 unlink=87/- unlinkat=263/35
        umask=95/166
    memory: mmap=9/222 munmap=11/215 mremap=25/216 mprotect=10/226 madvise=28/233 msync=26/227 brk=12/214
    threads: clone=56/220 exit=60/93 exit_group=231/94 gettid=186/178 set_tid_address=218/96 set_robust_list=273/99
        rseq=334/293 futex=202/98 sched_yield=24/124 getcpu=309/168 arch_prctl=158/-
    own signals: kill=62/129 tgkill=234/131 rt_sigaction=13/134 rt_sigprocmask=14/135 rt_sigreturn=15/139
        rt_sigpending=127/136 rt_sigtimedwait=128/137 rt_sigsuspend=130/133 sigaltstack=131/132 pause=34/-
        restart_syscall=219/128 alarm=37/- getitimer=36/102 setitimer=38/103
    time: nanosleep=35/101 clock_nanosleep=230/115 clock_gettime=228/113 clock_getres=229/114 gettimeofday=96/169
        time=201/- times=100/153
    itself: getpid=39/172 getppid=110/173 getpgrp=111/- getpgid=121/155 getsid=124/156 getuid=102/174 geteuid=107/175
        getgid=104/176 getegid=108/177 getresuid=118/148 getresgid=120/150 getgroups=115/158 capget=125/90
        uname=63/160 sysinfo=99/179 getrusage=98/165 getrlimit=97/163 setrlimit=160/164 prlimit64=302/261
        prctl=157/167 getrandom=318/278 wait4=61/260 waitid=247/95
    its place on the processors: getpriority=140/141 sched_getaffinity=204/123 sched_setaffinity=203/122
        sched_getparam=143/121 sched_getscheduler=145/120 sched_getattr=315/275 sched_get_priority_max=146/125
        sched_get_priority_min=147/126 sched_rr_get_interval=148/127
    """
)
"""What Python, the C library, torch, NumPy and their like do; some for certain arguments only, see seccomp.RULES."""

REFUSED = _table(
    """
    network: socket=41/198 connect=42/203 bind=49/200 listen=50/201 accept=43/202 accept4=288/242 sendmsg=46/211
        recvmsg=47/212 sendmmsg=307/269 recvmmsg=299/243
    other processes: tkill=200/130 rt_sigqueueinfo=129/138 rt_tgsigqueueinfo=297/240 pidfd_open=434/434
        pidfd_getfd=438/438 pidfd_send_signal=424/424 ptrace=101/117 process_vm_readv=310/270
        process_vm_writev=311/271 process_madvise=440/440 process_mrelease=448/448 kcmp=312/272
        get_robust_list=274/100 migrate_pages=256/238 move_pages=279/239
    priority: setpriority=141/140 sched_setscheduler=144/119 sched_setparam=142/118 sched_setattr=314/274
        ioprio_set=251/30
    new processes and programs: fork=57/- vfork=58/- execve=59/221 execveat=322/281 uselib=134/-
    who it is: setuid=105/146 setgid=106/144 setreuid=113/145 setregid=114/143 setresuid=117/147 setresgid=119/149
        setfsuid=122/151 setfsgid=123/152 setgroups=116/159 capset=126/91 setsid=112/157 setpgid=109/154
    namespaces and mounts: unshare=272/97 setns=308/268 chroot=161/51 pivot_root=155/41 mount=165/40 umount2=166/39
        move_mount=429/429 mount_setattr=442/442 open_tree=428/428 open_tree_attr=467/467 fsopen=430/430
        fsconfig=431/431 fsmount=432/432 fspick=433/433
    files by handle, name or kind: name_to_handle_at=303/264 open_by_handle_at=304/265 truncate=76/45 mknod=133/-
        mknodat=259/33
    what a file is said to be: chmod=90/- fchmod=91/52 fchmodat=268/53 fchmodat2=452/452 chown=92/- fchown=93/55
        lchown=94/- fchownat=260/54 utime=132/- utimes=235/- futimesat=261/- utimensat=280/88 setxattr=188/5
        lsetxattr=189/6 fsetxattr=190/7 setxattrat=463/463 removexattr=197/14 lremovexattr=198/15 fremovexattr=199/16
        removexattrat=466/466 file_setattr=469/469
    what others do to files: inotify_init=253/- inotify_init1=294/26 inotify_add_watch=254/27 inotify_rm_watch=255/28
        fanotify_init=300/262 fanotify_mark=301/263
    shared memory: shmget=29/194 shmat=30/196 shmctl=31/195 shmdt=67/197 userfaultfd=323/282 memfd_secret=447/447
    message queues: msgget=68/186 msgsnd=69/189 msgrcv=70/188 msgctl=71/187 mq_open=240/180 mq_unlink=241/181
        mq_timedsend=242/182 mq_timedreceive=243/183 mq_notify=244/184 mq_getsetattr=245/185
    semaphores: semget=64/190 semop=65/193 semctl=66/191 semtimedop=220/192
    counted for the whole machine or user: io_setup=206/0 io_destroy=207/1 io_getevents=208/4 io_submit=209/2
        io_cancel=210/3 io_pgetevents=333/292 timer_create=222/107 timer_settime=223/110 timer_gettime=224/108
        timer_getoverrun=225/109 timer_delete=226/111 mlock=149/228 mlock2=325/284 mlockall=151/230 munlock=150/229
        munlockall=152/231
    all disks: sync=162/81 syncfs=306/267 swapon=167/224 swapoff=168/225 quotactl=179/60 quotactl_fd=443/443
        acct=163/89
    keys: add_key=248/217 request_key=249/218 keyctl=250/219
    the kernel: io_uring_setup=425/425 io_uring_enter=426/426 io_uring_register=427/427 bpf=321/280
        perf_event_open=298/241 init_module=175/105 finit_module=313/273 delete_module=176/106 kexec_load=246/104
        kexec_file_load=320/294 reboot=169/142 syslog=103/116 iopl=172/- ioperm=173/- modify_ldt=154/-
        personality=135/92 vhangup=153/58
    names and clocks: settimeofday=164/170 clock_settime=227/112 clock_adjtime=305/266 adjtimex=159/171
        sethostname=170/161 setdomainname=171/162
    its own layers: seccomp=317/277 landlock_create_ruleset=444/444 landlock_add_rule=445/445
        landlock_restrict_self=446/446 lsm_set_self_attr=460/460
    """
)
"""Answered with EPERM, which Python raises as a PermissionError."""

UNSUPPORTED = _table(
    """
    extended attributes: getxattr=191/8 lgetxattr=192/9 fgetxattr=193/10 getxattrat=464/464 listxattr=194/11
        llistxattr=195/12 flistxattr=196/13 listxattrat=465/465
    space without writing: fallocate=285/47
    """
)
"""Answered with EOPNOTSUPP, as by a file system that cannot: copying a file then does without."""

NO_LINK = _table(
    """
    where links lead to: readlink=89/- readlinkat=267/78
    """
)
"""Answered with EINVAL, as if what is asked about were no symbolic link: its target is text of somebody's."""

ABSENT = _table(
    """
    other ways that programs know: clone3=435/435 openat2=437/437 memfd_create=319/279
    from file to file: sendfile=40/71 copy_file_range=326/285 splice=275/76 tee=276/77 vmsplice=278/75
    locks: flock=73/32
    caches: readahead=187/213 fadvise64=221/223 sync_file_range=277/84 mincore=27/232 cachestat=451/451
        membarrier=324/283
    memory policies and keys: mbind=237/235 set_mempolicy=238/237 get_mempolicy=239/236
        set_mempolicy_home_node=450/450 pkey_mprotect=329/288 pkey_alloc=330/289 pkey_free=331/290
        map_shadow_stack=453/453 mseal=462/462 remap_file_pages=216/234
    newer futexes: futex_waitv=449/449 futex_wake=454/454 futex_wait=455/455 futex_requeue=456/456
    asked of the system: ioprio_get=252/31 statmount=457/457 listmount=458/458 lsm_get_self_attr=459/459
        lsm_list_modules=461/461 file_getattr=468/468 lookup_dcookie=212/18 ustat=136/- sysfs=139/-
    out of use: _sysctl=156/- create_module=174/- get_kernel_syms=177/- query_module=178/- nfsservctl=180/42
        getpmsg=181/- putpmsg=182/- afs_syscall=183/- tuxcall=184/- security=185/- set_thread_area=205/-
        get_thread_area=211/- epoll_ctl_old=214/- epoll_wait_old=215/- vserver=236/- uretprobe=335/- uprobe=336/-
    """
)
"""Answered with ENOSYS, as by a kernel that has no such call: programs then take another way."""
