"""People who write long applications, each in a browser of his or her own that saves what is typed.

Each is a coroutine, and a request is a few lines of HTTP: so few seconds of computing that the server on the
same machine is hardly hindered.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from urllib.parse import parse_qs, urlencode, urlsplit

SECTIONS = ("bakgrund", "losning", "mal", "omfattning")
"""Sections with much to write, as their addresses name them."""
SENTENCES = 6
"""Saves before the next section."""
COME_WITHIN = 60
"""Seconds in which everybody comes."""
PATIENCE = 60
"""Seconds until somebody gives up."""


class OwnForm(HTMLParser):
    """The form that saves itself: what it would send, and where to. A page without one has no `text`."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.keeps, self.text = "", ""
        """Where it is saved, and the name of the first field of several lines."""
        self._area = ""
        begins = page.find("data-autosave")
        if begins >= 0:
            self.feed(page[page.rfind("<form", 0, begins) : page.find("</form", begins)])

    @property
    def place(self) -> str:
        """The address that the whole form is sent to: a section, or the answer to a question in it."""
        return parse_qs(urlsplit(self.keeps).query)["till"][0]

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """A field."""
        given = dict(attrs)
        name = given.get("name") or ""
        if name and tag == "input":
            self.fields[name] = given.get("value") or ""
            self.keeps = given.get("data-autosave") or self.keeps
        elif name and tag == "textarea":
            self._area, self.fields[name] = name, ""
            self.text = self.text or name

    def handle_endtag(self, tag: str) -> None:
        """The end of a field of several lines."""
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        """What stands in it; the line break that begins it is the page's."""
        if self._area:
            so_far = self.fields[self._area]
            self.fields[self._area] = so_far + (
                data if so_far else data.removeprefix("\r").removeprefix("\n")
            )


@dataclass
class Writer:
    """One person with one application."""

    port: int
    project_id: int
    cookie: str
    chance: Random
    thinks: tuple[float, float]
    """Seconds between two saves, at least and at most."""
    opened: list[float] = field(default_factory=list)
    saved: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    acknowledged: dict[str, str] = field(default_factory=dict)
    """What was said to be saved last, by the address that the form is sent to."""

    async def write(self, until: float) -> None:
        """Open a section, write, and go on to the next, until the time is over."""
        await asyncio.sleep(self.chance.uniform(0, COME_WITHIN))  # nobody begins at the same moment
        while time.monotonic() < until:
            for slug in SECTIONS:
                await self._one_section(slug, until)

    async def _one_section(self, slug: str, until: float) -> None:
        if time.monotonic() > until:
            return
        address = f"/projekt/{self.project_id}/ansokan/{slug}"
        status, page = await self._ask("GET", address, self.opened)
        form = OwnForm(page)
        if status != 200 or not form.text:
            self.failed.append(f"GET {address}: {status} {page[:100]}")
            await self._pause()
            return
        for turn in range(SENTENCES):
            await self._pause()
            if time.monotonic() > until:
                return
            text = f"{form.fields[form.text]} Mening {turn}, {self.chance.getrandbits(64):x}."
            status, said = await self._ask("POST", form.keeps, self.saved, form.fields | {form.text: text})
            if status == 200 and "signed_out" not in said:
                self.acknowledged[form.place] = text
            else:
                self.failed.append(f"POST {address}: {status} {said[:100]}")

    async def _pause(self) -> None:
        await asyncio.sleep(self.chance.uniform(*self.thinks))

    async def _ask(
        self, method: str, address: str, times: list[float], fields: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                status, text = await self._answered(method, address, urlencode(fields or {}).encode())
        except (OSError, TimeoutError, ValueError) as error:
            return 0, repr(error)
        times.append((time.perf_counter() - begun) * 1000)
        return status, text

    async def _answered(self, method: str, address: str, body: bytes) -> tuple[int, str]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            head = (
                f"{method} {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                f"Cookie: {self.cookie}\r\nSec-Fetch-Site: same-origin\r\n"
                f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            writer.write(head.encode() + body)
            said, _, text = (await reader.read()).partition(b"\r\n\r\n")
        finally:
            writer.close()
        return int(said.split(b" ", 2)[1] if said else b"0"), text.decode()
