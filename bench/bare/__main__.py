"""Serve the bare handler from the product's own server settings; only the application differs."""

from __future__ import annotations

import argparse

from openrenda.command import serve


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser()
    serve.arguments(parser)
    server = serve.server(parser.parse_args())
    server.target = "bench.bare.application:application"
    server.serve()


if __name__ == "__main__":
    main()
