# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""What the scripts know that let system calls fail, by strace's `inject`."""
import re

# What a call may fail with, and does on a bad day.
ERRORS = {
    "openat": ("EIO", "EMFILE", "EACCES"), "read": ("EIO", "EINTR"), "write": ("ENOSPC", "EIO", "EINTR"), "writev": ("ENOSPC",),
    "fsync": ("EIO", "ENOSPC"), "close": ("EIO",), "rename": ("EIO", "EACCES"), "unlink": ("EIO",), "lseek": ("EIO",),
    "newfstatat": ("EIO", "EACCES"), "fstat": ("EIO",), "pread64": ("EIO",), "socket": ("EMFILE", "EAFNOSUPPORT"),
    "connect": ("ECONNREFUSED", "ENETUNREACH"), "sendto": ("EPIPE", "EINTR"), "recvfrom": ("ECONNRESET", "EINTR"),
    "poll": ("ENOMEM", "EINTR"), "getsockopt": ("ENOBUFS",), "setsockopt": ("ENOBUFS",), "getsockname": ("ENOBUFS",),
    "getpeername": ("ENOTCONN",), "fcntl": ("EINVAL",), "socketpair": ("EMFILE",), "mmap": ("ENOMEM",),
    "clone3": ("EAGAIN",), "getrandom": ("EAGAIN",), "ioctl": ("ENOTTY",), "unlinkat": ("EIO",), "mkdir": ("EIO",),
    "eventfd2": ("EMFILE",), "pipe2": ("EMFILE",), "epoll_create1": ("EMFILE",), "access": ("EACCES",),
}
# Calls of the C library that it does not let fail, or that cannot. `brk` fails by what it returns, which is not an error.
SPARED = {"brk", "futex", "rt_sigprocmask", "rt_sigaction", "rt_sigtimedwait", "rt_sigreturn", "exit_group", "exit", "set_robust_list",
          "rseq", "mprotect", "munmap", "madvise", "execve", "arch_prctl", "set_tid_address", "prlimit64", "sysinfo", "clock_nanosleep",
          "restart_syscall", "getpid", "gettid", "tgkill", "geteuid", "getuid", "sched_yield", "uname"}


def calls_of(log):
    """[(name, its number among those of this name, line)] of the first thread."""
    numbers, calls, first = {}, [], None
    for line in log.read_text(errors="replace").splitlines():
        thread, _, rest = line.partition(" ")
        rest = rest.lstrip()  # short numbers of processes are padded
        first = first or thread
        found = re.match(r"(\w+)\(", rest)
        if thread != first or not found:
            continue
        name = found.group(1)
        numbers[name] = numbers.get(name, 0) + 1
        calls.append((name, numbers[name], rest))
    return calls
