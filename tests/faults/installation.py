"""A whole installation in a folder of its own: database, keys, the demo-sized cast, and the server as operators start it."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg
from psycopg import sql

from tests.template import DATABASE, TEMPLATE

ROOT = Path(__file__).resolve().parents[2]
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|seen|key|draft)" value="([^"]*)"')

PREPARE = """
import django; django.setup()
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from openrenda.people.testing import sit_down
from openrenda.tenancy import congress_scope
from tests.cast import assemble
cast = assemble("990404")
with congress_scope(cast.congress):
    for who in ("chen", "lin", "ouyang", "zhou"):
        client = sit_down(Client(), cast.seats[who])
        print(client.cookies["sessionid"].value)
"""
COUNT = """
import django; django.setup()
import json, sys
from openrenda.docket.models import Act, Matter
from openrenda.docket.verify import verify_congress
from openrenda.people.models import Congress
from openrenda.tenancy import congress_scope
congress = Congress.objects.get(division_code="990404")
with congress_scope(congress):
    keys = [key.rsplit(":", 1)[1] for key in Act.objects.exclude(key="").values_list("key", flat=True)]
    print(json.dumps({"keys": keys, "matters": Matter.objects.count(), "problems": [p.sentence for p in verify_congress(congress)]}))
"""


class Installation:
    """Started, killed and started again by a test."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.port = _free_port()
        self.environment = {
            **os.environ,
            "OPENRENDA_VAR": str(folder),
            "OPENRENDA_SECOND_FACTOR_REQUIRED": "false",
            "OPENRENDA_SECRET_KEY": "a-key-for-this-test-and-nothing-else-0123456789-0123456789",
            "OPENRENDA_SEALED_KEY": "another-key-for-this-test-and-nothing-else-0123456789",
            "DJANGO_SETTINGS_MODULE": "openrenda.settings",
            "PYTHONPATH": str(ROOT),
            "OPENRENDA_DATABASE": _database_of_its_own(folder),
            **environment,
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.run("-m", "openrenda", "migrate")
        self.run("-m", "openrenda", "django", "collectstatic", "--noinput")
        self.sessions = self.python(PREPARE).split()

    def run(self, *arguments: str) -> str:
        """Run a command of the installation and give what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments], env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def python(self, program: str) -> str:
        """Run a short program inside the installation."""
        return self.run("-c", program)

    def start(self, *names: str) -> None:
        """Start the server or the worker."""
        commands = {"serve": ["serve", "--port", str(self.port), "--processes", "2"], "worker": ["worker"]}
        for name in names:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "openrenda", *commands[name]], env=self.environment, cwd=ROOT,
                stdout=subprocess.DEVNULL, stderr=self.log(name).open("ab"), start_new_session=True,
            )  # fmt: skip
        if "serve" in names:
            self.wait_until_served()

    def log(self, name: str) -> Path:
        """Where the server or the worker writes."""
        return Path(self.environment["OPENRENDA_VAR"]) / f"{name}.log"

    def said(self, name: str) -> str:
        """The end of what it wrote, for whoever reads why a test failed."""
        return self.log(name).read_text(encoding="utf-8", errors="replace")[-4000:]

    def wait_until_served(self) -> None:
        """Until the sign-in page answers."""
        for _ in range(200):
            try:
                if self.ask("GET", "/sign-in/").status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    def kill(self, name: str) -> None:
        """kill -9 the whole process group."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """Stop whatever still runs."""
        for name in list(self.processes):
            self.kill(name)

    def ask(self, method: str, path: str, form: dict[str, Any] | None = None, session: str = "", **more: str) -> Answer:
        """One request of its own connection; a form carries the token of its page, ``more`` are further headers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": f"sessionid={session}; csrftoken={'c' * 32}", "Host": f"127.0.0.1:{self.port}"}
        body = None
        if form is not None:
            body = urlencode({"csrfmiddlewaretoken": "c" * 32, **form})
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://127.0.0.1:{self.port}{path}",
            }
        try:
            connection.request(method, path, body, headers | more)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
            return Answer(
                answer.status, answer.getheader("Location") or "", text, answer.getheader("Retry-After") or ""
            )
        finally:
            connection.close()

    def post(self, path: str, body: str) -> Answer:
        """Send a text as nobody in particular.

        :raises OSError: when there is no answer.
        """
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("POST", path, body.encode(), {"Content-Type": "text/plain"})
            answer = connection.getresponse()
            return Answer(answer.status, "", answer.read().decode("utf-8", "replace"))
        except http.client.HTTPException as problem:
            raise ConnectionError from problem
        finally:
            connection.close()


class Answer:
    """What came back."""

    def __init__(self, status: int, location: str, text: str, retry_after: str = "") -> None:
        self.status, self.location, self.text, self.retry_after = status, location, text, retry_after

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page's form."""
        return dict(HIDDEN.findall(self.text))


def _database_of_its_own(folder: Path) -> str:
    """A database of the kind the environment names: a file here, or one more in the PostgreSQL that runs there; with the run's tables in it, if there is a template."""
    given, template = os.environ.get(DATABASE, ""), os.environ.get(TEMPLATE, "")
    if not given.startswith("postgres"):
        if template:
            shutil.copyfile(template, folder / "faults.sqlite3")
        return f"sqlite:///{folder}/faults.sqlite3"
    name = f"faults_{uuid.uuid4().hex}"
    copy = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
    with psycopg.connect(urlsplit(given)._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}{}").format(sql.Identifier(name), copy))
    return urlsplit(given)._replace(path=f"/{name}").geturl()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
