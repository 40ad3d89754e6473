#!/usr/bin/env python3
"""Verifies a published site against an export of its ledger, without any code of medloc.

python tools/verify_site.py SITE LEDGER.jsonl

Written from docs/proofs.md, standard library only: chain, anchors, folder, decisions. Whether the
text inside a page is the approved wording is `medloc verify`'s part. Prints one line of JSON, and
in words what is off. Exit codes: 0 proved, 1 refused, 2 cannot be read.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, NoReturn

ZERO = "0" * 64
ROOT, PROOF, DATA, RECALLS = "manifest.json", "proof.json", "index.json", "recalls.json"
HASH = re.compile(r"[0-9a-f]{64}")
ALWAYS = {"actor", "at", "door", "event_id", "kind", "number", "previous"}
PLACE = {"article", "locale", "context", "source"}
PAIR = PLACE | {"target"}
TEXTS = {"context", "source", "target"}
EARLIER = {"earlier_context", "earlier_source"}
OPEN = {"role", "meaning", "reason"}
# Kind -> (fields it must have, fields it may have) besides those every event has.
KINDS: dict[str, tuple[set[str], set[str]]] = {
    "source": ({"article", "text"}, {"locale"} | OPEN),
    "propose": (PAIR, OPEN),
    "approve": (PAIR | {"role", "meaning"}, {"reason"}),
    "withdraw": (PAIR, OPEN),
    "request_changes": (PAIR | {"role", "category", "reason"}, {"meaning"}),
    "comment": (PLACE | {"reason"}, {"target", "role", "meaning"}),
    "waive": (PAIR | {"check", "reason", "role"}, {"meaning"}),
    "carry_forward": (
        EARLIER | PLACE - {"locale"} | {"role", "reason"},
        {"earlier_article", "meaning"},
    ),
    "recall": ({"article", "locale", "role", "reason"}, TEXTS | {"meaning"}),
    "restore": ({"article", "locale", "role", "reason"}, TEXTS | {"text", "meaning"}),
    "reconfirm": ({"article", "locale", "text", "role"}, {"reason", "meaning"}),
    "publish": ({"text", "meaning"}, {"role", "reason"}),
}
OLDER = "the export is older than the site"
DECISIONS = ("approve", "withdraw", "request_changes")
LIFTING = ("recall", "restore")
Event = dict[str, Any]
Pair = tuple[str, str, str, str, str]  # article, locale, context, hashes of source and target
Spot = tuple[str, str, str]  # article, context, hash of the source: a place in all locales


class Refused(Exception):
    """Something is off: the level, and the parts of `failure`."""


def refuse(
    level: str, file: str, expected: object, found: object, message: str = "", event: int = 0
) -> NoReturn:
    raise Refused(
        level,
        {
            "file": file,
            "message": message or None,
            "event": event or None,
            "expected": str(expected),
            "found": str(found),
        },
    )


def sha(data: bytes | str) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def canonical(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.encode()


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key stands twice")
    return value


# --- chain --------------------------------------------------------------------------------------


def read_chain(data: bytes, file: str) -> tuple[list[Event], list[str]]:
    """Every event, and its hash, of an export whose chain is whole."""
    if data and not data.endswith(b"\n"):
        refuse("chain", file, "a line end after the last event", "none", "", data.count(b"\n") + 1)
    events: list[Event] = []
    hashes: list[str] = []
    seen: set[str] = set()
    for number, line in enumerate(data.split(b"\n")[:-1], 1):
        event = read_event(line, number, file)
        previous = hashes[-1] if hashes else ZERO
        if event["number"] != number:
            refuse("chain", file, f"event {number}", f"event {event['number']}", "", number)
        if event["previous"] != previous:
            refuse("chain", file, f"previous {previous}", event["previous"], "", number)
        if event["event_id"] in seen:
            refuse("chain", file, "an event id of its own", event["event_id"], "", number)
        seen.add(event["event_id"])
        events.append(event)
        hashes.append(sha(line))
    return events, hashes


def read_event(line: bytes, number: int, file: str) -> dict[str, Any]:
    """One body: canonical, of a known kind, with the fields of that kind and no other."""
    try:
        event = json.loads(line, object_pairs_hook=unique)
        same = canonical(event) == line
    except (ValueError, RecursionError) as error:
        refuse("chain", file, "a JSON object", error, "", number)
    if not isinstance(event, dict) or not same:
        refuse("chain", file, "canonical JSON", line[:60].decode(errors="replace"), "", number)
    kind = event.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        refuse("chain", file, "a known kind", kind, "", number)
    must, may = KINDS[kind]
    missing = (ALWAYS | must) - event.keys()
    extra = event.keys() - ALWAYS - must - may
    if missing or extra:
        refuse("chain", file, f"the fields of {kind}", sorted(missing | extra), "", number)
    for name, value in event.items():
        right = type(value) is int if name == "number" else isinstance(value, str) and value
        if not right:
            refuse("chain", file, f"a text as {name}", repr(value), "", number)
    if kind in LIFTING and len(TEXTS & event.keys()) in (1, 2):
        refuse("chain", file, "a pair whole, or an article", sorted(event), "", number)
    return event


# --- manifests ----------------------------------------------------------------------------------


def read_json(site: Path, name: str, data: bytes | None = None) -> dict[str, Any]:
    """A manifest or proof of format 1 in its one spelling."""
    data = (site / name).read_bytes() if data is None else data
    try:
        value = json.loads(data, object_pairs_hook=unique)
        same = canonical(value) + b"\n" == data
    except (ValueError, RecursionError) as error:
        refuse("folder", name, "JSON", error)
    if not isinstance(value, dict) or not same or not is_number(value.get("format"), 1, 1):
        refuse("folder", name, "canonical JSON of format 1", data[:60].decode(errors="replace"))
    if not is_number(value.get("build", 1), 1):
        refuse("folder", name, "a number as build", repr(value["build"]))
    return value


def is_number(value: object, least: int, most: int = 2**53) -> bool:
    return type(value) is int and least <= value <= most


def check_anchors(root: dict[str, Any], digest: str, events: list[Event], hashes: list[str]) -> int:
    """The head that the site names stands in the chain; and the site is the last edition."""
    head, count = root["ledger"]["head"], root["ledger"]["count"]
    if type(count) is not int or not 0 <= count <= len(events):
        older = OLDER if is_number(count, 1) else ""
        refuse("anchors", ROOT, f"event {count}", f"{len(events)} events", older, len(events))
    found = hashes[count - 1] if count else ZERO
    if found != head:
        refuse("anchors", ROOT, f"the head {head} at event {count}", found, "", count)
    editions = [event for event in events if event["kind"] == "publish"]
    if editions and editions[-1]["text"] != digest:
        older = any(event["text"] == digest for event in editions)
        last = editions[-1]
        said = "an older edition" if older else f"an edition nobody published: {digest}"
        refuse("folder", ROOT, f"the last edition, {last['text']}", said, "", last["number"])
    return count


def check_folder(site: Path, root: dict[str, Any]) -> dict[str, tuple[str, dict[str, str]]]:
    """Every file is named with its hash and no other is there; returns pages by path."""
    named: dict[str, str] = {**root["assets"], **root["files"]}
    pages: dict[str, tuple[str, dict[str, str]]] = {}
    present = set(walk(site, ""))
    for tag, one in sorted(root["locales"].items()):
        name = f"{tag}/{ROOT}"
        named[name] = one["manifest"]
        check_bytes(site, name, one["manifest"], present)
        manifest = read_json(site, name)
        locale = one["locale"]
        if (manifest["tag"], manifest["locale"]) != (tag, locale) or tag != locale.replace(
            "_", "-"
        ):
            refuse("folder", name, f"the manifest of {tag}", manifest["tag"])
        for page, own in manifest["pages"].items():
            if not page.startswith(f"{tag}/") or not page.endswith("/index.html"):
                refuse("folder", name, f"pages below {tag}/", page)
            pages[page] = (locale, own)
            named[page], named[proof_of(page)] = own["page"], own["proof"]
            named[page.removesuffix("index.html") + DATA] = own["data"]
    for name, expected in sorted(named.items()):
        check_bytes(site, name, expected, present)
    for name in sorted(present - named.keys() - {ROOT}):
        shown = name.encode(errors="surrogateescape").decode(errors="replace")
        refuse("folder", shown, "no file but those named", "this one")
    return pages


def check_bytes(site: Path, name: str, expected: str, present: set[str]) -> None:
    if any(part in ("", ".", "..") for part in name.split("/")) or not HASH.fullmatch(expected):
        refuse("folder", ROOT, "a path below the site, and a SHA-256", f"{name}: {expected}")
    if name not in present or (site / name).is_symlink() or not (site / name).is_file():
        refuse("folder", name, "this file", "nothing")
    found = sha((site / name).read_bytes())
    if found != expected:
        refuse("folder", name, f"SHA-256 {expected}", found)


def walk(folder: Path, prefix: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from walk(Path(entry.path), f"{prefix}{entry.name}/")
            else:
                yield f"{prefix}{entry.name}"


def proof_of(page: str) -> str:
    return page.removesuffix("index.html") + PROOF


# --- decisions ----------------------------------------------------------------------------------


class Told:
    """Events by what they are about, each list ascending."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.pairs: dict[Pair, list[Event]] = {}
        self.carried: dict[Spot, list[Event]] = {}
        self.joined: dict[Spot, set[Spot]] = {}
        self.pages: dict[tuple[str, str], list[Event]] = {}
        self.sources: dict[str, set[str]] = {}
        self.later = self  # with what came after the head of the site
        for event in events:
            if event.keys() >= PAIR:
                pair = (event["article"], event["locale"], event["context"])
                key = (*pair, sha(event["source"]), sha(event["target"]))
                self.pairs.setdefault(key, []).append(event)
            elif event["kind"] == "carry_forward":
                spot = (event["article"], event["context"], sha(event["source"]))
                self.carried.setdefault(spot, []).append(event)
                self.joined.setdefault(spot, set()).add(earlier_of(event))
                self.joined.setdefault(earlier_of(event), set()).add(spot)
            elif event["kind"] in LIFTING:
                self.pages.setdefault((event["article"], event["locale"]), []).append(event)
            elif event["kind"] == "source":
                self.sources.setdefault(event["article"], set()).add(sha(event["text"]))

    def history(self, pair: Pair, high_risk: bool) -> tuple[list[Event], list[Event]]:
        """(what was said of a pair, here and where it was carried from; the carrying events)."""
        spots: list[Spot] = [(pair[0], pair[2], pair[3])]
        carried: list[Event] = []
        for spot in spots:  # grows
            for event in self.carried.get(spot, ()):
                earlier = earlier_of(event)
                if high_risk and earlier[2] != spot[2]:
                    continue
                carried.append(event)
                if earlier not in spots:
                    spots.append(earlier)
        keys = [(article, pair[1], context, source, pair[4]) for article, context, source in spots]
        said = [event for key in keys for event in self.pairs.get(key, ())]
        return sorted(said, key=number_of), sorted(carried, key=number_of)

    def recall(self, pair: Pair) -> Event | None:
        """A standing recall of the wording or its page, here or wherever carrying joins it with."""
        spots: list[Spot] = [(pair[0], pair[2], pair[3])]
        for spot in spots:  # grows
            spots += sorted(self.joined.get(spot, set()) - set(spots))
        keys = [(article, pair[1], context, source, pair[4]) for article, context, source in spots]
        pages = (self.pages.get((spot[0], pair[1]), []) for spot in spots)
        found = map(recall_of, (*pages, *(self.pairs.get(key, []) for key in keys)))
        return next(filter(None, found), None)


def earlier_of(event: Event) -> Spot:
    article = event.get("earlier_article") or event["article"]
    return (article, event["earlier_context"], sha(event["earlier_source"]))


def number_of(event: Event) -> int:
    number: int = event["number"]
    return number


def recall_of(events: list[Event]) -> Event | None:
    """The recall that stands: the last of its kind, unless it was restored."""
    last = next((event for event in reversed(events) if event["kind"] in LIFTING), None)
    return last if last and last["kind"] == "recall" else None


def fold(told: Told, pair: Pair, roles: list[str], high_risk: bool) -> tuple[list[int], str, int]:
    """(the deciding events, why the pair is not approved or "", the event that says so or 0)."""
    said, carried = told.history(pair, high_risk)
    recall = told.recall(pair)
    authors = {event["actor"] for event in said if event["kind"] == "propose"}
    latest = {event["actor"]: event for event in said if event["kind"] in DECISIONS}
    standing = sorted(latest.values(), key=number_of)
    requests = [event for event in standing if event["kind"] == "request_changes"]
    wanted, used = list(roles), []
    for event in standing:
        counts = event["kind"] == "approve" and event["actor"] not in authors
        if counts and event["role"] in wanted:
            wanted.remove(event["role"])
            used.append(event)
    here = (pair[0], pair[2], pair[3])
    if any((one["article"], one["context"], sha(one["source"])) != here for one in used):
        used += carried
    numbers = sorted(map(number_of, used))
    if said and not said[0]["target"].strip():
        return numbers, "no words", 0
    if recall:
        return numbers, "recalled", recall["number"]
    if requests:
        return numbers, "changes requested", requests[0]["number"]
    if wanted:
        return numbers, f"no approval by {', '.join(wanted)}", 0
    for event in carried:
        if event["role"] != "editor":
            return numbers, f"carried forward by a {event['role']}", event["number"]
    return numbers, "", 0


def check_decisions(
    site: Path,
    root: dict[str, Any],
    pages: dict[str, tuple[str, dict[str, str]]],
    told: Told,
) -> None:
    """Every message of every proof folds to approved by exactly the events it names."""
    shapes: dict[tuple[str, str], tuple[str, list[tuple[str, ...]]]] = {}
    current: dict[str, tuple[str, str]] = {}
    for page, (locale, own) in sorted(pages.items()):
        file = proof_of(page)
        proof = read_json(site, file)
        article, source = proof["article"], proof["source"]
        place = f"{locale.replace('_', '-')}/{article}/index.html"
        if (place, proof["locale"], proof["page"]) != (page, locale, own["page"]):
            refuse("decisions", file, f"the proof of {page} ({locale})", place)
        if "edition" in proof:
            if {proof["edition"], root["policy"]["incomplete"]} != {"last_good"}:
                refuse("decisions", file, "no earlier edition but last_good", proof["edition"])
            if source not in told.sources.get(article, ()):
                refuse("decisions", file, f"a recorded source of {article}", source)
        else:
            first = current.setdefault(article, (file, source))
            if first[1] != source:
                refuse("decisions", file, f"the source of {first[0]}, {first[1]}", source)
        for one in proof["messages"]:
            check_message(root, proof, one, told, file)
        # The same source has the same messages in every language.
        shape = [tuple(one[k] for k in ("id", "context", "risk", "source"))
                 for one in proof["messages"]]  # fmt: skip
        other, known = shapes.setdefault((article, source), (file, shape))
        if known != shape:
            odd = [one for one in [*known, *shape] if one not in known or one not in shape]
            identity = odd[0][0] if odd else ""
            refuse("decisions", file, f"the messages of {other}", "others", identity)


def check_data(site: Path, pages: Iterable[str]) -> None:
    """The data beside a page are those of its proof's edition."""
    for page in sorted(pages):
        file = page.removesuffix("index.html") + DATA
        data, proof = read_json(site, file), read_json(site, proof_of(page))
        names, code = ("article", "locale"), edition_code(proof)
        if [data[name] for name in names] != [proof[name] for name in names]:
            refuse("decisions", file, f"the data of {page}", data["article"])
        if data["edition"] != code:
            refuse("decisions", file, f"the edition {code}", data["edition"])


def edition_code(proof: dict[str, Any]) -> str:
    """The short code of what a page says."""
    rows = [(proof["article"], proof["locale"])]
    rows += [(one["context"], one["source"], one["target"]) for one in proof["messages"]]
    digits = sha("".join("\0".join(row) + "\n" for row in rows))
    return f"{digits[:4]}-{digits[4:8]}".upper()


def check_message(
    root: dict[str, Any], proof: dict[str, Any], one: dict[str, Any], told: Told, file: str
) -> None:
    is_source = proof["locale"] == root["source"]
    if one["risk"] not in ("normal", "high"):
        refuse("decisions", file, "risk normal or high", one["risk"], one["id"])
    if is_source and one["source"] != one["target"]:
        refuse("decisions", file, "a source text as its own wording", one["target"], one["id"])
    high = one["risk"] == "high"
    roles = root["policy"]["source" if is_source else "high_risk" if high else "normal"]
    pair = (proof["article"], proof["locale"], one["context"], one["source"], one["target"])
    used, problem, event = fold(told, pair, roles, high)
    event = event or next((number for number in one["events"] if number not in used), 0)
    if problem:
        refuse("decisions", file, "an approved wording", problem, one["id"], event)
    if used != one["events"]:
        refuse("decisions", file, f"the deciding events {used}", one["events"], one["id"], event)
    recall = told.later.recall(pair)
    if recall:
        found = f"recalled on {recall['at'][:10]}"
        refuse(
            "decisions", file, "words nobody has recalled since", found, one["id"], recall["number"]
        )


def check_recalls(site: Path, root: dict[str, Any], told: Told) -> None:
    """recalls.json names every recall that stands at the head, and no other."""
    if RECALLS not in root["files"]:
        refuse("decisions", RECALLS, "this file", "nothing")
    found = read_json(site, RECALLS)
    histories = (*told.pages.values(), *told.pairs.values())
    standing = sorted(filter(None, map(recall_of, histories)), key=number_of)
    for wanted, said in zip_longest(map(recall_row, standing), found["recalls"]):
        if wanted != said:
            number = wanted["event"] if wanted else 0
            refuse("decisions", RECALLS, wanted or "no more", said or "nothing", "", number)
    if found.keys() != {"format", "recalls"}:
        refuse("decisions", RECALLS, "format and recalls", sorted(found))


def recall_row(event: Event) -> dict[str, Any]:
    row = {"article": event["article"], "locale": event["locale"]}
    row |= {"at": event["at"], "event": event["number"]}
    if "source" in event:
        row |= {"context": event["context"]}
        row |= {name: sha(event[name]) for name in ("source", "target")}
    return row


# --- all together -------------------------------------------------------------------------------


def verify(site: Path, ledger: Path) -> dict[str, Any]:
    """The outcome as `medloc verify --json` gives it; raises OSError for what is not there."""
    try:
        events, hashes = read_chain(ledger.read_bytes(), ledger.name)
        if not (site / ROOT).is_file():
            if not site.is_dir():
                raise FileNotFoundError(f"there is no folder {site.name}")
            refuse("folder", ROOT, "a root manifest", "nothing")
        data = (site / ROOT).read_bytes()
        root = read_json(site, ROOT, data)
        try:
            count = check_anchors(root, sha(data), events, hashes)
            pages, told = check_folder(site, root), Told(events[:count])
            told.later = Told(events)
            check_recalls(site, root, told)
            check_decisions(site, root, pages, told)
            check_data(site, pages)
        except (KeyError, TypeError, AttributeError) as error:
            refuse("folder", ROOT, "manifests and proofs as docs/proofs.md describes", repr(error))
    except Refused as refused:
        level, failure = refused.args
        return {"ok": False, "level": level, "failure": failure}
    return {"ok": True, "level": "decisions", "failure": None}


def main(arguments: list[str]) -> int:
    """Run it: one line of JSON on stdout, words on stderr."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python tools/verify_site.py SITE LEDGER.jsonl\n")
        return 2
    try:
        outcome = verify(Path(arguments[0]), Path(arguments[1]))
    except OSError as error:
        sys.stderr.write(f"cannot be read: {error}\n")
        return 2
    sys.stdout.write(json.dumps(outcome, ensure_ascii=False) + "\n")
    if outcome["ok"]:
        return 0
    failure = {name: value for name, value in outcome["failure"].items() if value is not None}
    said = "; ".join(f"{name}: {value}" for name, value in failure.items())
    advice = "Take the site down, or put the last published edition and its ledger back."
    if failure.get("message") == OLDER:
        advice = (
            "Before anything else export again: medloc ledger export FILE. Only if the new export "
            f"is refused too: {advice}"
        )
    sys.stderr.write(f"refused at {outcome['level']}: {said}\n{advice}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
