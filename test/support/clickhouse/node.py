"""One ClickHouse server for tests, out of the engine library that the embedded engine uses.

    python3 node.py LIBRARY --dir DIR --http-port P --tcp-port Q [--listen-host H] [--config-file FILE] [--remove-dir]

It serves HTTP and the native protocol on 127.0.0.1, or H, and keeps its data in DIR, where a later one goes on with it. It ends as
soon as its standard input is closed, so it cannot outlive whoever started it, however that one ended; with --remove-dir the
folder goes with it.
"""

import argparse
import ctypes
import os
import shutil
import sys
import threading

# The listeners live as long as a query does: the last one never ends, and its own FORMAT keeps it silent.
SERVE_FOR_EVER = (
    "SYSTEM START LISTEN TCP; SYSTEM START LISTEN HTTP; "
    "SELECT sleepEachRow(3) FROM numbers(1000000000) SETTINGS max_block_size = 1 FORMAT Null"
)


def read_options():
    parser = argparse.ArgumentParser()
    parser.add_argument("library")
    parser.add_argument("--dir", required=True)
    parser.add_argument("--http-port", required=True)
    parser.add_argument("--tcp-port", required=True)
    parser.add_argument("--listen-host", default="127.0.0.1")
    parser.add_argument("--config-file")
    parser.add_argument("--remove-dir", action="store_true")
    return parser.parse_args()


def leave(options):
    while options.remove_dir and os.path.exists(options.dir):  # The engine may still write a file while its folder goes.
        shutil.rmtree(options.dir, ignore_errors=True)


def end_with(stream, options):
    while stream.read(4096):
        pass
    leave(options)
    os._exit(0)


def main():
    options = read_options()
    library = ctypes.CDLL(options.library)
    library.chdb_query_cmdline.restype = ctypes.c_void_p

    # The engine would read standard input as a table: it gets an empty one.
    lifeline = os.fdopen(os.dup(0), "rb")
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    threading.Thread(target=end_with, args=(lifeline, options), daemon=True).start()

    words = [
        "clickhouse",
        f"--path={options.dir}",
        f"--listen_host={options.listen_host}",
        f"--tcp_port={options.tcp_port}",
        f"--http_port={options.http_port}",
        "--output-format=TSV",
        "--multiquery",
        f"--query={SERVE_FOR_EVER}",
    ]
    if options.config_file:
        words.append(f"--config-file={options.config_file}")
    library.chdb_query_cmdline(len(words), (ctypes.c_char_p * len(words))(*(word.encode() for word in words)))
    leave(options)
    sys.exit("the engine stopped serving")


main()
