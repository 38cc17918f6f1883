"""Writes a small Outlook letter (MSG): a compound file whose streams all lie in the mini stream or in sectors of 512."""

from __future__ import annotations

import datetime
import struct
from dataclasses import dataclass, field

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STRING, BINARY, TIME = 0x001F, 0x0102, 0x0040


@dataclass
class Node:
    name: str
    data: bytes | None = None  # None: a storage
    kids: list[Node] = field(default_factory=list)


def outlook_letter(
    *,
    subject: str,
    sender: str,
    address: str,
    body: str,
    sent_at: datetime.datetime,
    attachments: dict[str, bytes],
) -> bytes:
    """The bytes of a letter as Outlook saves it."""
    stamp = int((sent_at - datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)).total_seconds() * 10**7)
    values: list[tuple[int, int, bytes]] = [
        (0x001A, STRING, "IPM.Note".encode("utf-16-le")),
        (0x0037, STRING, subject.encode("utf-16-le")),
        (0x0C1A, STRING, sender.encode("utf-16-le")),
        (0x0C1F, STRING, address.encode("utf-16-le")),
        (0x1000, STRING, body.encode("utf-16-le")),
        (0x0039, TIME, struct.pack("<Q", stamp)),
    ]
    root = Node(
        "Root Entry",
        kids=_properties(struct.pack("<8x4I8x", 0, len(attachments), 0, len(attachments)), values),
    )
    for number, (name, content) in enumerate(attachments.items()):
        parts = [(0x3701, BINARY, content), (0x3707, STRING, name.encode("utf-16-le"))]
        root.kids.append(Node(f"__attach_version1.0_#{number:08X}", kids=_properties(b"\0" * 8, parts)))
    return _compound(root)


def _properties(head: bytes, values: list[tuple[int, int, bytes]]) -> list[Node]:
    entries, nodes = head, []
    for tag, kind, value in values:
        inline = value if kind == TIME else struct.pack("<II", len(value) + (2 if kind == STRING else 0), 0)
        entries += struct.pack("<HHI", kind, tag, 6) + inline
        if kind != TIME:
            nodes.append(Node(f"__substg1.0_{tag:04X}{kind:04X}", value))
    return [Node("__properties_version1.0", entries), *nodes]


def _compound(root: Node) -> bytes:
    nodes: list[Node] = []
    links: dict[int, tuple[int, int, int]] = {}

    def place(node: Node) -> int:
        number = len(nodes)
        nodes.append(node)
        kids = sorted(node.kids, key=lambda kid: (len(kid.name), kid.name.upper()))
        numbers = [place(kid) for kid in kids]
        for before, after in zip(numbers, [*numbers, FREE][1:], strict=True):
            links[before] = (FREE, after, links.get(before, (FREE, FREE, FREE))[2])  # a chain to the right
        links[number] = (*links.get(number, (FREE, FREE))[:2], numbers[0] if numbers else FREE)
        return number

    place(root)
    mini = bytearray()
    mini_table: list[int] = []
    sectors: list[bytes] = []
    table: list[int] = []
    starts: dict[int, tuple[int, int]] = {}

    def chain(content: bytes) -> int:
        first = len(sectors)
        pieces = [content[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(content), SECTOR)]
        sectors.extend(pieces)
        table.extend([*range(first + 1, first + len(pieces)), END])
        return first

    for number, node in enumerate(nodes):
        if node.data is None:
            continue
        if not node.data:
            starts[number] = (END, 0)
        elif len(node.data) >= CUTOFF:
            starts[number] = (chain(node.data), len(node.data))
        else:
            first = len(mini) // MINI
            count = -(-len(node.data) // MINI)
            mini += node.data.ljust(count * MINI, b"\0")
            mini_table += [*range(first + 1, first + count), END]
            starts[number] = (first, len(node.data))
    starts[0] = (chain(bytes(mini)) if mini else END, len(mini))
    mini_bytes = struct.pack(f"<{len(mini_table)}I", *mini_table)
    mini_bytes = mini_bytes.ljust(-(-len(mini_bytes) // SECTOR) * SECTOR, b"\xff")
    mini_start = chain(mini_bytes)
    directory = b"".join(_entry(node, number, links, starts) for number, node in enumerate(nodes))
    directory_start = chain(directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\0"))
    tables = 1
    while len(table) + tables > tables * SECTOR // 4:
        tables += 1
    first_table = len(sectors)
    table += [FAT] * tables
    packed = struct.pack(f"<{len(table)}I", *table).ljust(tables * SECTOR, b"\xff")
    sectors.extend(packed[at : at + SECTOR] for at in range(0, len(packed), SECTOR))
    places = [first_table + number for number in range(tables)]
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, tables, directory_start, 0, CUTOFF, mini_start, len(mini_bytes) // SECTOR, END, 0, places[0],
    )  # fmt: skip
    head += struct.pack("<108I", *[*places[1:], *[FREE] * (109 - len(places))])
    return head + b"".join(sectors)


def _entry(
    node: Node, number: int, links: dict[int, tuple[int, int, int]], starts: dict[int, tuple[int, int]]
) -> bytes:
    name = node.name.encode("utf-16-le") + b"\0\0"
    kind = 5 if number == 0 else 2 if node.data is not None else 1
    left, right, child = links[number]
    first, size = starts.get(number, (0, 0))
    return struct.pack("<64sHBBIII36xIQ", name, len(name), kind, 1, left, right, child, first, size)
