"""Takes from itself whatever a converter does not need, then becomes the converter.

Run as a script: `launcher.py SPEC COMMAND…`; it imports nothing of ours. What holds for the converter:
no network (a network of its own, or system calls refused), bounded memory, processor time and file size, an end
with its parent, and, where the kernel can (Landlock), no other file than it was given. When the network cannot be
taken away nothing is run.
"""

from __future__ import annotations

import ctypes
import json
import os
import platform
import resource
import signal
import struct
import sys

REFUSED = 97
REFUSAL = "the network cannot be taken away"
PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 22, 38
CLONE_NEWUSER, CLONE_NEWNET, CLONE_NEWIPC = 0x10000000, 0x40000000, 0x08000000
AF_UNIX, EPERM = 1, 1
# machine: audit number, socket, then io_uring_setup, ptrace, process_vm_readv, process_vm_writev, connect
CALLS = {
    "x86_64": (0xC000003E, 41, 425, 101, 310, 311, 42),
    "aarch64": (0xC00000B7, 198, 425, 117, 270, 271, 203),
}
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, MAKE_SOCKET, TRUNCATE = 1, 2, 4, 8, 1 << 9, 1 << 14
SYSTEM = (
    "/usr /lib /lib32 /lib64 /bin /opt /etc/fonts /etc/ld.so.cache /etc/ld.so.conf /etc/ld.so.conf.d /etc/localtime"
    " /etc/libreoffice /etc/ghostscript /etc/alternatives /etc/mime.types /etc/papersize /etc/paperspecs /etc/passwd /etc/nsswitch.conf"
    " /var/lib/ghostscript /var/lib/libreoffice /var/spool/libreoffice /var/cache/fontconfig /proc/self /proc/cpuinfo /proc/meminfo /proc/stat /sys/devices/system/cpu"
).split()
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random", "/dev/tty")

libc = ctypes.CDLL(None, use_errno=True)


def main() -> None:
    spec, command = json.loads(sys.argv[1]), sys.argv[2:]
    has_own_network = spec.get("unshare", True) and leave_network()
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        refuse()
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != spec["parent"]:  # it died before it could be watched
        sys.exit(REFUSED)
    see_only(spec)
    is_filtered = spec.get("seccomp", True) and refuse_sockets(allow_local=bool(spec["sockets_in"]))
    if not (has_own_network or is_filtered):
        refuse()
    for name, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, spec["file_bytes"]),
        (resource.RLIMIT_CPU, spec["cpu_seconds"]),
        (resource.RLIMIT_NOFILE, 512),
        (resource.RLIMIT_AS, spec["memory_bytes"]),
    ):
        resource.setrlimit(name, (value, value))
    os.execv(command[0], command)


def refuse() -> None:
    sys.stderr.write(REFUSAL)
    sys.exit(REFUSED)


def leave_network() -> bool:
    """A network of its own that has no way out; a user space of its own where that is what permits it."""
    return not libc.unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC) or not libc.unshare(CLONE_NEWNET)


def refuse_sockets(*, allow_local: bool) -> bool:
    """A filter of system calls: no socket, or local ones that reach nobody; no looking into other processes."""
    if platform.machine() not in CALLS:
        return False
    machine, socket, *others = CALLS[platform.machine()]
    load, jump_equal, jump_set, give = 0x20, 0x15, 0x45, 0x06
    fail, pass_ = 0x00050000 | EPERM, 0x7FFF0000
    program = [
        (load, 0, 0, 4),
        (jump_equal, 1, 0, machine),
        (give, 0, 0, fail),
        (load, 0, 0, 0),
        (jump_set, 0, 1, 0x40000000),  # the other numbering of x86-64
        (give, 0, 0, fail),
    ]
    for number in others:
        program += [(jump_equal, 0, 1, number), (give, 0, 0, fail)]
    program += [(jump_equal, 1, 0, socket), (give, 0, 0, pass_)]
    if allow_local:
        program += [(load, 0, 0, 16), (jump_equal, 0, 1, AF_UNIX), (give, 0, 0, pass_)]
    program.append((give, 0, 0, fail))
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in program))
    whole = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program), ctypes.addressof(code)))
    return libc.prctl(PR_SET_SECCOMP, 2, whole, 0, 0) == 0


def see_only(spec: dict[str, list[str]]) -> bool:
    """Landlock: what is not named cannot be opened. An older kernel has none; the file's owner still decides then."""
    version = libc.syscall(LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return False
    everything = (1 << 13) - 1 | (1 << 13 if version >= 2 else 0) | (TRUNCATE if version >= 3 else 0)
    network = 3 if version >= 4 else 0  # binding and connecting
    scope = 3 if version >= 6 else 0  # abstract sockets and signals of others
    handled = struct.pack("QQQ", everything, network, scope)[
        : 8 if version < 4 else 16 if version < 6 else 24
    ]
    rules = libc.syscall(LANDLOCK_CREATE, handled, len(handled), 0)
    if rules < 0:
        return False
    seen = EXECUTE | READ_FILE | READ_DIR
    for path in [*SYSTEM, *spec["reads"]]:
        allow(rules, path, seen)
    for path in DEVICES:
        allow(rules, path, READ_FILE | WRITE_FILE)
    for path in spec["lists"]:
        allow(rules, path, READ_DIR)
    for path in spec["sockets_in"]:
        allow(rules, path, MAKE_SOCKET)
    for path in spec["writes"]:
        allow(rules, path, everything)
    done = libc.syscall(LANDLOCK_RESTRICT, rules, 0) == 0
    os.close(rules)
    return done


def allow(rules: int, path: str, access: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not os.path.isdir(path):
        access &= EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE
    libc.syscall(LANDLOCK_ADD, rules, 1, struct.pack("=Qi", access, place), 0)
    os.close(place)


if __name__ == "__main__":
    main()
