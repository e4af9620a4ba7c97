"""One node of a ClickHouse cluster for tests, out of the engine library that the embedded engine uses.

    python3 cluster-node.py LIBRARY CONFIG_FILE DATA_FOLDER TCP_PORT HTTP_PORT

It ends as soon as its standard input is closed, so it cannot outlive whoever started it. Its data stays: a node that was killed
comes back with the same command.
"""

import ctypes
import os
import sys
import threading

# The listeners live as long as a query does: the last one never ends, and its own FORMAT keeps it silent.
SERVE_FOR_EVER = (
    "SYSTEM START LISTEN TCP; SYSTEM START LISTEN HTTP; "
    "SELECT sleepEachRow(3) FROM numbers(1000000000) SETTINGS max_block_size = 1 FORMAT Null"
)


def end_with(stream):
    while stream.read(4096):
        pass
    os._exit(0)


def main():
    library_path, config_file, folder, tcp_port, http_port = sys.argv[1:]
    library = ctypes.CDLL(library_path)
    library.chdb_query_cmdline.restype = ctypes.c_void_p

    # The engine would read standard input as a table: it gets an empty one.
    lifeline = os.fdopen(os.dup(0), "rb")
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    threading.Thread(target=end_with, args=(lifeline,), daemon=True).start()

    words = [
        "clickhouse",
        f"--config-file={config_file}",
        f"--path={folder}",
        "--listen_host=127.0.0.1",
        f"--tcp_port={tcp_port}",
        f"--http_port={http_port}",
        "--output-format=TSV",
        "--multiquery",
        f"--query={SERVE_FOR_EVER}",
    ]
    library.chdb_query_cmdline(len(words), (ctypes.c_char_p * len(words))(*(word.encode() for word in words)))
    sys.exit("the engine stopped serving")


main()
