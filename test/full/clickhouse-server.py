"""A ClickHouse server for tests, out of the engine library that the embedded engine uses.

    python3 clickhouse-server.py LIBRARY

It serves HTTP and the native protocol on free ports of 127.0.0.1, keeps its data in a temporary folder of its own, and
prints one line of JSON: {"httpPort": 1, "tcpPort": 2, "folder": "..."}. It ends, and removes the folder, as soon as its
standard input is closed: so it cannot outlive whoever started it, however that one ended.
"""

import ctypes
import json
import os
import shutil
import socket
import sys
import tempfile
import threading

# The listeners live as long as a query does: the last one never ends, and its own FORMAT keeps it silent.
SERVE_FOR_EVER = (
    "SYSTEM START LISTEN TCP; SYSTEM START LISTEN HTTP; "
    "SELECT sleepEachRow(3) FROM numbers(1000000000) SETTINGS max_block_size = 1 FORMAT Null"
)


def free_ports(count):
    """Ports that the system gives out at this moment; all are held until the last one is known, so none comes twice."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def remove(folder):
    while os.path.exists(folder):  # The engine may still write a file while its folder goes.
        shutil.rmtree(folder, ignore_errors=True)


def end_with(stream, folder):
    while stream.read(4096):
        pass
    remove(folder)
    os._exit(0)


def main():
    library = ctypes.CDLL(sys.argv[1])
    library.chdb_query_cmdline.restype = ctypes.c_void_p
    tcp_port, http_port = free_ports(2)
    folder = tempfile.mkdtemp(prefix="touchline-clickhouse-")

    # The engine would read standard input as a table: it gets an empty one.
    lifeline = os.fdopen(os.dup(0), "rb")
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    threading.Thread(target=end_with, args=(lifeline, folder), daemon=True).start()

    print(json.dumps({"httpPort": http_port, "tcpPort": tcp_port, "folder": folder}), flush=True)
    words = [
        "clickhouse",
        f"--path={folder}",
        "--listen_host=127.0.0.1",
        f"--tcp_port={tcp_port}",
        f"--http_port={http_port}",
        "--output-format=TSV",
        "--multiquery",
        f"--query={SERVE_FOR_EVER}",
    ]
    library.chdb_query_cmdline(len(words), (ctypes.c_char_p * len(words))(*(word.encode() for word in words)))
    remove(folder)
    sys.exit("the engine stopped serving")


main()
