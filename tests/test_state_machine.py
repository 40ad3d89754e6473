"""The whole of governance against a naive oracle: whatever people do, in whatever order, the pages
are exactly those of `tests/oracle.py`, both ways.

In full with `make soak`: tests/soak/governance_soak.py.
"""

from __future__ import annotations

import collections
import copy
import datetime as dt
import hashlib
import importlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar
from unittest import mock

from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from medloc import facts
from medloc.errors import MedlocError
from medloc.ledger import export_lines, import_lines, open_ledger
from medloc.model import Kind
from medloc.workflow import construction
from medloc.workflow.decide import Outcome
from medloc.workflow.editing import edit_wording
from medloc.workflow.takedown import take_down
from tests import oracle
from tests.oracle import Said
from tests.world import (
    EVERYWHERE,
    FACTS,
    LOCALES,
    PARAGRAPHS,
    PEOPLE,
    POLICY,
    SECTIONS,
    SENTENCES,
    WORD,
    Article,
    View,
    World,
    cough,
    fever,
    may,
    template,
    tree,
    word,
    wording,
)


class KilledError(BaseException):
    """Stands for kill -9."""


NUMBER = st.integers(0, 2)
WHICH = st.integers(0, 11)
WHO = st.sampled_from(["doctor", "linguist", "writer", "editor", "publisher"])
SLUG = st.sampled_from(["fever", "fever", "cough"])
LOCALE = st.sampled_from([*LOCALES, *LOCALES, "en"])
PAIRS = (Kind.WITHDRAW, Kind.REQUEST_CHANGES, Kind.RECALL, Kind.RESTORE, Kind.WAIVE, Kind.COMMENT)


class Governance(RuleBasedStateMachine):
    """Steps in any order; after each, when a build is due, the site is compared."""

    home = ""
    counted: ClassVar[collections.Counter[str]] = collections.Counter()

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="medloc-machine-", dir=self.home or None))
        self.made = World(self.folder / "project")
        self.eager = False
        self.due = False
        self.as_publisher = False
        self.views: list[tuple[str, str, str, str]] = []  # article, locale, message, pair hash
        self.exports: list[bytes] = []
        self.files: dict[str, list[Article]] = {"fever": [], "cough": []}

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    @initialize(approved=st.sampled_from([True, True, True, False]), eager=st.booleans())
    def begin(self, approved: bool, eager: bool) -> None:
        self.eager = self.due = eager
        made = self.made
        if approved:
            root, said, now = template(self.home)
            shutil.copytree(root, made.root)
            made.articles = {"fever": fever(), "cough": cough()}
            made.said, made.now = list(said), now
        else:
            made.begin()
            made.do_sync()

    # the author

    def article(self, name: str) -> Article:
        article = self.made.articles[name]
        self.files[name].append(copy.deepcopy(article))
        return article

    def slug(self, name: str) -> str:
        article = self.made.articles[name]
        return article.slug or article.file

    @rule(name=SLUG, slot=st.sampled_from(list(SENTENCES)), fact=NUMBER, variant=st.integers(0, 1),
          then_sync=st.booleans())  # fmt: skip
    def edit_source(self, name: str, slot: str, fact: int, variant: int, then_sync: bool) -> None:
        article = self.article(name)
        if slot in article.slots:
            article.slots[slot] = (fact if slot in FACTS else 0, variant)
            self.made.write(article)
        if then_sync:
            self.made.do_sync()

    @rule(name=SLUG, quantity=st.sampled_from(["limit", "dose"]), value=st.sampled_from([5, 6, 38]))
    def change_quantity(self, name: str, quantity: str, value: int) -> None:
        article = self.article(name)
        article.quantities[quantity] = value
        self.made.write(article)

    @rule(slot=st.sampled_from(PARAGRAPHS), section=st.sampled_from(SECTIONS), sync=st.booleans())
    def move_paragraph(self, slot: str, section: str, sync: bool) -> None:
        article = self.article("fever")
        article.where[slot] = section
        self.made.write(article)
        if sync:
            self.made.do_sync()

    @rule(section=st.sampled_from(SECTIONS))
    def mark_or_unmark_risk(self, section: str) -> None:
        article = self.article("fever")
        article.risky ^= {section}
        self.made.write(article)

    @rule(name=SLUG, file=st.sampled_from(["moved", "again", ""]), keep=st.booleans(),
          take=st.booleans())  # fmt: skip
    def rename(self, name: str, file: str, keep: bool, take: bool) -> None:
        article = self.article(name)
        before, path = self.slug(name), self.made.root / f"source_content/{article.file}.md"
        path.unlink()
        article.file = name + file
        article.slug = before if keep else ""
        self.made.write(article)
        for locale in LOCALES if take else ():
            old, new = (self.made.catalog(s, locale) for s in (before, self.slug(name)))
            if old.is_file() and old != new:
                old.replace(new)
        self.made.do_sync()

    @rule(name=SLUG, which=WHICH)
    def revert_source(self, name: str, which: int) -> None:
        kept = self.files[name]
        if kept:
            old = copy.deepcopy(kept[which % len(kept)])
            now = self.made.articles[name]
            old.file, old.slug = now.file, now.slug
            self.made.articles[name] = old
            self.made.write(old)

    @rule(name=SLUG, day=st.sampled_from(["", "2026-03-02", "2026-03-30"]))
    def set_review_by(self, name: str, day: str) -> None:
        article = self.article(name)
        article.review_by = day
        self.made.write(article)

    # the translator

    def view(self, name: str, locale: str, which: int) -> View:
        """A message on the screen; numbers above 5 look at what waits for somebody first."""
        slug = self.slug(name)
        views = self.made.screen(slug, locale)
        if which > 5:
            views = [one for one in views if not self.made.is_approved(slug, locale, one)] or views
        view = views[which % len(views)]
        self.views.append((slug, locale, view.message, view.pair.hash))
        return view

    @rule(name=SLUG, locale=st.sampled_from(LOCALES), which=WHICH, version=st.integers(0, 2),
          how=st.sampled_from(["whole", "whole", "whole", "empty", "broken", "fuzzy"]),
          by_writer=st.booleans())  # fmt: skip
    def edit_catalog(
        self, name: str, locale: str, which: int, version: int, how: str, by_writer: bool
    ) -> None:
        view = self.view(name, locale, which)
        text = wording(locale, self.open_source(name, view), version, broken=how == "broken")
        self.made.put(self.slug(name), locale, view, "" if how == "empty" else text,
                      fuzzy=how == "fuzzy", by_writer=by_writer)  # fmt: skip

    @rule(name=SLUG, locale=st.sampled_from(LOCALES), which=WHICH, version=st.integers(0, 2),
          person=st.sampled_from(["writer", "linguist"]))  # fmt: skip
    def edit_in_the_app(
        self, name: str, locale: str, which: int, version: int, person: str
    ) -> None:
        view = self.view(name, locale, which)
        text = wording(locale, self.open_source(name, view), version)
        made = self.made
        try:
            edit_wording(made.project(), made.sources(), self.slug(name), locale, view.message,
                         text, expect=view.pair.hash, actor=person, door="app",
                         now=made.now)  # fmt: skip
        except MedlocError as error:
            note(f"  {error}")
        for one in made.hear():
            assert (one.kind, one.person, one.locale) == ("propose", person, locale)
            assert one.spot == (self.slug(name), view.context, view.pair.source)

    def open_source(self, name: str, view: View) -> str:
        """The message of a view as it stands in the article, placeholders open."""
        article = self.made.sources().articles[self.slug(name)]
        return next(m.text for m in article.messages if m.id == view.message)

    @rule(name=SLUG, locale=st.sampled_from(LOCALES))
    def lose_catalog(self, name: str, locale: str) -> None:
        self.made.catalog(self.slug(name), locale).unlink(missing_ok=True)
        self.made.do_sync()

    @rule(author=st.sampled_from(["", "", "writer", "linguist"]))
    def sync(self, author: str) -> None:
        self.made.do_sync(author)

    # those who decide

    def ask(self, kind: Kind, person: str, **options: object) -> Outcome | None:
        outcome = self.made.request(kind, person, **options)
        self.counted[f"{kind.value} done"] += len(outcome.done) if outcome else 0
        return outcome

    @rule(person=WHO, name=SLUG, locale=LOCALE, which=WHICH,
          what=st.sampled_from(["message", "message", "section", "page", "all"]),
          expect=st.sampled_from(["", "", "fresh", "stale"]), age=WHICH)  # fmt: skip
    def approve(
        self, person: str, name: str, locale: str, which: int, what: str, expect: str, age: int
    ) -> None:
        view = self.view(name, locale, which)
        options: dict[str, object] = {"articles": (self.slug(name),), "locales": (locale,)}
        stale = ""
        if what == "message":
            options["messages"] = (view.message,)
            place = [self.slug(name), locale, view.message]
            old = [one for *there, one in self.views if there == place]
            expected = {"": "", "fresh": view.pair.hash, "stale": old[age % len(old)]}[expect]
            options["expect"] = expected
            stale = expected if expected not in ("", view.pair.hash) else ""
        elif what == "section":
            options["section"] = view.section
        elif what == "all":
            options |= {"articles": (), "locales": ()}
        names = [self.slug(n) for n in self.made.articles] if what == "all" else [self.slug(name)]
        locales = EVERYWHERE if what == "all" else (locale,)
        asked = {
            (slug, place, one.message): one
            for slug in names
            for place in locales
            for one in self.made.screen(slug, place)
            if what in ("page", "all")
            or (what == "section" and view.section in (one.section, one.context))
            or (what == "message" and one.message == view.message)
            if one.shown.target.strip() or what not in ("page", "all")
        }
        risky = [one for one in asked.values() if one.shown.line.risky]
        alone = len(risky) <= 1 or self.made.policy["bulk_high_risk"] == 1
        roles = {
            key: may(self.made, Kind.APPROVE, person, key[0], key[1], one)
            for key, one in asked.items()
            if not stale and (alone or not one.shown.line.risky)
        }
        wanted = {key: role for key, role in roles.items() if role}
        outcome = self.ask(Kind.APPROVE, person, **options)
        assert outcome is not None
        done = {(d.article, d.locale, d.message): self.made.said[d.number - 1]
                for d in outcome.done}  # fmt: skip
        assert {key: one.role for key, one in done.items()} == wanted
        for key, one in done.items():
            assert one.spot == (key[0], asked[key].context, asked[key].pair.source)
            assert one.target == asked[key].shown.target

    @rule(kind=st.sampled_from(PAIRS), person=WHO, name=SLUG, locale=LOCALE, which=WHICH)
    def decide_on_message(
        self, kind: Kind, person: str, name: str, locale: str, which: int
    ) -> None:
        view = self.view(name, locale, which)
        self.decide_on(kind, person, self.slug(name), locale, view)

    @rule(name=SLUG, locale=LOCALE, version=NUMBER)
    def work_through(self, name: str, locale: str, version: int) -> None:
        """Everybody does what there is to do for a page."""
        made, slug = self.made, self.slug(name)
        made.do_sync()
        for view in made.screen(slug, locale) if locale != "en" else ():
            if not view.shown.target or view.shown.fuzzy or not view.shown.whole:
                text = wording(locale, self.open_source(name, view), version)
                made.put(slug, locale, view, text)
        for view in made.screen(slug, locale):
            for person in ("doctor", "linguist", "editor", "writer"):
                if made.is_approved(slug, locale, view):
                    break
                self.decide_on(Kind.APPROVE, person, slug, locale, view)

    @rule(name=SLUG, locale=LOCALE, which=WHICH, person=WHICH,
          kind=st.sampled_from([Kind.WITHDRAW, Kind.REQUEST_CHANGES]))  # fmt: skip
    def think_again(self, name: str, locale: str, which: int, person: int, kind: Kind) -> None:
        """Somebody who decided on a message decides otherwise."""
        made, slug = self.made, self.slug(name)
        view = self.view(name, locale, which)
        spot = (slug, view.context, view.pair.source)
        heard = made.heard(locale, spot, view.pair.target)
        people = sorted(oracle.last_words(heard))
        if people:
            self.decide_on(kind, people[person % len(people)], slug, locale, view)

    @rule(person=WHO, which=WHICH)
    def lift_recall(self, person: str, which: int) -> None:
        """Restore something that is recalled."""
        made = self.made
        found = [
            (slug, locale, view)
            for slug in made.by_slug()
            for locale in EVERYWHERE
            for view in made.screen(slug, locale)
            if oracle.recalled_here(made.said, locale, (slug, view.context, view.pair.source),
                                    view.pair.target)
        ]  # fmt: skip
        if found:
            self.decide_on(Kind.RESTORE, person, *found[which % len(found)])

    def decide_on(self, kind: Kind, person: str, slug: str, locale: str, view: View) -> None:
        """One decision on one message, which must be taken or refused as the oracle says."""
        made = self.made
        role = "" if kind is Kind.COMMENT else may(made, kind, person, slug, locale, view)
        outcome = self.ask(
            kind,
            person,
            articles=(slug,),
            locales=(locale,),
            messages=(view.message,),
            check="length" if kind is Kind.WAIVE else "",
        )
        assert outcome is not None
        own = (slug, view.context, view.pair.source)
        done = [made.said[one.number - 1] for one in outcome.done]
        asked = [one for one in done if (one.spot, one.target) == (own, view.shown.target)]
        if kind is not Kind.COMMENT:
            assert [one.role for one in asked] == [role] * bool(role)
        for one in done:
            # A recall takes along what pages may show of the message, a restore lets go of it.
            if one not in asked:
                assert kind in (Kind.RECALL, Kind.RESTORE)
                joined = oracle.related(made.said, own)
                assert one.spot[:2] == own[:2] or (kind is Kind.RESTORE and one.spot in joined)
                assert one.spot == own or one.target == view.shown.target
        if kind is Kind.RECALL and outcome.done:
            self.after_recall()

    @rule(kind=st.sampled_from([Kind.RECALL, Kind.RESTORE, Kind.RESTORE, Kind.RECONFIRM]),
          person=WHO, name=SLUG, locale=LOCALE)  # fmt: skip
    def decide_on_page(self, kind: Kind, person: str, name: str, locale: str) -> None:
        made, slug = self.made, self.slug(name)
        was = oracle.page_recalled(made.said, slug, locale)
        address = made.expected()[slug, locale]
        outcome = self.ask(kind, person, articles=(slug,), locales=(locale,))
        assert outcome is not None
        for done in outcome.done:
            one = made.said[done.number - 1]
            assert (one.spot, one.locale, one.target) == ((slug, "", ""), locale, "")
            if kind is Kind.RECALL:
                assert not was
            elif kind is Kind.RESTORE:
                assert was or address.what == "correcting"
            else:
                assert address.what == "current" or made.policy["overdue"]
        if kind is Kind.RECALL and outcome.done:
            self.after_recall()

    @rule(person=WHO, by=WHO, days=st.sampled_from([0, 1, 9, 99]))
    def recall_by_person(self, person: str, by: str, days: int) -> None:
        since = self.made.now.date() - dt.timedelta(days=days)
        theirs = [
            (one.spot, one.locale, one.target)
            for one in self.made.said
            if one.kind in ("propose", "approve") and one.person == by and one.day >= since
        ]
        carried = [one for one in self.made.said if one.earlier and one.person == by
                   and one.day >= since]  # fmt: skip
        theirs += [
            (one.spot, heard.locale, heard.target)
            for one in carried
            for heard in self.made.said
            if heard.of_pair
            and heard.target
            and heard.spot in oracle.reached(self.made.said, one.spot, risky=False)
        ]
        # Everything of a busy person makes an empty site, and the rest of the run dull.
        if len(set(theirs)) <= 4:
            self.recall_many(person, set(theirs), by=by, since=since)

    @rule(person=WHO, name=SLUG, locale=st.sampled_from(LOCALES), which=WHICH)
    def recall_words(self, person: str, name: str, locale: str, which: int) -> None:
        words = WORD.findall(self.view(name, locale, which).shown.target)
        if words:
            found = {
                (one.spot, one.locale, one.target)
                for one in self.made.said
                if one.of_pair and words[0] in one.target
            }
            self.recall_many(person, found, words=words[0])

    def recall_many(self, person: str, found: set[tuple[object, ...]], **options: object) -> None:
        made = self.made
        who, today = made.project().settings.people[person], made.now.date()
        ended = who.until is not None and today > who.until
        wanted = {
            (spot, locale, target)
            for spot, locale, target in found
            if not ended
            and (not who.locales or locale in who.locales)
            and not oracle.recalled(made.said, locale, spot, target)
        }
        outcome = self.ask(Kind.RECALL, person, **options)
        if outcome is None:
            assert not found
            return
        done = [made.said[one.number - 1] for one in outcome.done]
        assert {(one.spot, one.locale, one.target) for one in done} == wanted
        if done:
            self.after_recall()

    def after_recall(self) -> None:
        """As the command does: the pages are gone at once, built or not."""
        made = self.made
        made.now += dt.timedelta(minutes=1)
        result = take_down(made.project(), now=lambda: made.now)
        assert not result.troubles
        if (made.root / "site/manifest.json").is_file():
            made.check_site(result.built)
            return
        for (slug, locale), address in made.expected().items():
            page = made.root / f"site/{locale}/{slug}/index.html"
            if address.what in ("withdrawn", "nothing") and page.is_file():
                assert not WORD.findall(page.read_text("utf-8")), "recalled words stay up"

    @rule(person=st.sampled_from(["editor", "editor", "editor", "doctor"]), name=SLUG, which=WHICH,
          moved=st.booleans(), one=st.booleans())  # fmt: skip
    def carry_forward(self, person: str, name: str, which: int, moved: bool, one: bool) -> None:
        view = self.view(name, "en", which) if one or not moved else None
        self.carry(person, self.slug(name), view, moved=moved)

    def carry(self, person: str, slug: str, view: View | None, *, moved: bool) -> None:
        made = self.made
        options: dict[str, object] = {"moved": moved}
        if view is not None:
            options["messages"] = (view.message,)
        before = list(made.said)
        outcome = self.ask(Kind.CARRY_FORWARD, person, articles=(slug,), **options)
        for done in outcome.done if outcome else ():
            event = made.said[done.number - 1]
            who = made.project().settings.people[person]
            assert event.role == "editor"
            assert "editor" in who.roles
            assert event.earlier is not None
            same_text = event.earlier[2] == event.spot[2]
            lines = [v.shown.line for v in made.screen(slug, "en")]
            (line,) = [one for one in lines if (slug, one.context, one.source) == event.spot]
            same = facts.same(event.earlier[2], line.source, "en")
            assert same_text or (not line.risky and same)
            assert same_text or not moved
            assert event.earlier[0] == slug or event.earlier[0] not in made.by_slug()
            targets = {
                one.shown.target
                for locale in EVERYWHERE
                for one in made.screen(slug, locale)
                if (slug, one.context, one.pair.source) == event.spot
            }
            there = {one.target for one in before if one.of_pair and one.spot == event.earlier}
            assert there & targets

    @rule(name=SLUG, slot=st.sampled_from(list(SENTENCES)), moved=st.booleans())
    def reword_and_carry(self, name: str, slot: str, moved: bool) -> None:
        """The same facts in other words (and maybe elsewhere, at once), carried forward."""
        article = self.article(name)
        if slot not in article.slots:
            return
        fact, variant = article.slots[slot]
        article.slots[slot] = (fact, 1 - variant)
        if moved and slot in article.where:
            article.where[slot] = {"start": "what", "what": "help", "help": "start"}[
                article.where[slot]
            ]
        self.made.write(article)
        self.made.do_sync()
        own = word(name, slot, 1 - variant)
        views = self.made.screen(self.slug(name), "en")
        view = next((one for one in views if own in one.pair.source), None)
        if view is not None:
            self.carry("editor", self.slug(name), view, moved=False)

    @rule(slot=st.sampled_from(PARAGRAPHS), section=st.sampled_from(SECTIONS))
    def move_and_carry(self, slot: str, section: str) -> None:
        article = self.article("fever")
        article.where[slot] = section
        self.made.write(article)
        self.made.do_sync()
        self.carry("editor", self.slug("fever"), None, moved=True)

    # those who run it

    @rule(person=st.sampled_from(["editor", "writer", "linguist", "doctor"]), variant=NUMBER)
    def change_person(self, person: str, variant: int) -> None:
        self.made.people[person] = variant % len(PEOPLE[person])
        self.made.write_settings()

    @rule(name=st.sampled_from(list(POLICY)), variant=NUMBER)
    def change_policy(self, name: str, variant: int) -> None:
        self.made.policy[name] = variant % len(POLICY[name])
        self.made.write_settings()

    @rule(days=st.sampled_from([1, 1, 7, 8, 30, 31]))
    def wait(self, days: int) -> None:
        self.made.now += dt.timedelta(days=days)

    @rule()
    def keep_export(self) -> None:
        self.exports.append(b"".join(line + b"\n" for line in self.made.lines()))

    @precondition(lambda self: self.exports)
    @rule(which=WHICH)
    def import_earlier_export(self, which: int) -> None:
        data = self.exports[which % len(self.exports)]
        ledger = open_ledger(self.made.project().settings.ledger, base=self.made.root)
        new = import_lines(ledger, data, path="kept.jsonl", known_people=lambda event: "")
        assert new == ()
        assert not self.made.hear()

    @rule(which=WHICH, in_two=st.booleans())
    def move_ledger(self, which: int, in_two: bool) -> None:
        """Export it, import it elsewhere (an earlier export first), and go on there."""
        made = self.made
        whole = b"".join(line + b"\n" for line in made.lines())
        address = self.new_ledger()
        ledger = open_ledger(address, base=made.root)
        first = [self.exports[which % len(self.exports)]] if in_two and self.exports else []
        for data in (*first, whole):
            import_lines(ledger, data, path="all.jsonl", known_people=lambda event: "")
        assert export_lines(ledger) == whole
        if made.ledger.startswith("sqlite"):
            (made.root / made.ledger.removeprefix("sqlite:///")).unlink(missing_ok=True)
        made.ledger = address
        made.write_settings()
        assert not made.hear()

    def new_ledger(self) -> str:
        self.made.ledgers += 1
        return f"sqlite:///ledger{self.made.ledgers}.sqlite"

    @rule()
    def lose_state(self) -> None:
        shutil.rmtree(self.made.root / ".medloc", ignore_errors=True)

    @rule(written=st.sampled_from([None, 0, 1, 2, 3, 6]))
    def crash(self, written: int | None) -> None:
        """Be killed while publishing, after some files were written, or before it."""
        publish = importlib.import_module("medloc.site.publish")  # the name leads to its function
        real, left = publish._write, [written or 0]

        def write(output: Path, path: str, data: bytes) -> bool:
            if not left[0]:
                raise KilledError
            left[0] -= 1
            return real(output, path, data)

        killed = mock.patch.object(publish, "_write", write)
        if written is None:
            killed = mock.patch.object(construction, "Publication", side_effect=KilledError)
        with killed:
            self.build_and_be_killed()

    def build_and_be_killed(self) -> None:
        try:
            self.made.build()
        except KilledError:
            note("  killed")
        assert not self.made.hear()

    @precondition(lambda self: (self.made.root / "site/manifest.json").is_file())
    @rule(folder=st.sampled_from(["", "en/"]))
    def leave_a_temporary_file(self, folder: str) -> None:
        path = self.made.root / "site" / folder
        if path.is_dir():
            (path / ".medloc-0123456789abcdef.tmp").write_text(word("left"))

    @rule(as_publisher=st.booleans())
    def build(self, as_publisher: bool) -> None:
        self.due, self.as_publisher = True, as_publisher

    @invariant()
    def the_site_is_what_the_oracle_says(self) -> None:
        self.counted["steps"] += 1
        self.made.now += dt.timedelta(minutes=1)
        if not (self.due and self.made.articles):
            return
        self.due = self.eager
        made, publisher = self.made, "publisher" if self.as_publisher else ""
        self.as_publisher = False
        self.counted["builds"] += 1
        built = made.build(publisher)
        fresh = made.hear()  # a publisher's build first records the sources, and judges with them
        for address in made.check_site(built):
            self.counted[f"pages {address.what}"] += 1
        self.check_edition(fresh, publisher)
        self.nothing_is_written_twice()
        if made.said:  # a site from before the first decision: there is no ledger to prove it by
            made.check_proofs()

    def check_edition(self, fresh: Iterable[Said], publisher: str) -> None:
        manifest = (self.made.root / "site/manifest.json").read_bytes()
        texts = {article.text() for article in self.made.by_slug().values()}
        for one in fresh:
            assert one.person == publisher
            if one.kind == "publish":
                assert one.text == hashlib.sha256(manifest).hexdigest()
            else:
                assert one.kind == "source"
                assert one.text in texts

    def nothing_is_written_twice(self) -> None:
        made = self.made
        before = tree(made.root / "site")
        built = made.build()
        assert tree(made.root / "site") == before, "a second build wrote"
        (made.root / ".medloc/build.json").unlink(missing_ok=True)
        again = made.build()
        assert tree(made.root / "site") == before, "a second whole build wrote"
        assert (again.written, again.removed) == (0, 0)
        assert (built.pages, built.withheld) == (again.pages, again.withheld)


def run(
    runs: int, steps: int, machine: type[Governance] = Governance, *, shrink: bool = True
) -> collections.Counter[str]:
    """Run the machine; how many steps and builds it did, and what stood at the addresses."""
    # Nothing here is about losing power: in memory, a step costs a tenth.
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with (
        tempfile.TemporaryDirectory(prefix="medloc-machine-", dir=memory) as folder,
        mock.patch.object(os, "sync"),
    ):
        counted: collections.Counter[str] = collections.Counter()
        one = type(machine.__name__, (machine,), {"home": folder, "counted": counted})
        wanted = settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=list(Phase) if shrink else [Phase.explicit, Phase.reuse, Phase.generate],
        )
        try:
            run_state_machine_as_test(one, settings=wanted)
        finally:
            print(dict(counted))
    return counted


def test_pages_are_what_the_oracle_says_whatever_people_do() -> None:
    runs = int(os.environ.get("MEDLOC_MACHINE_RUNS", "12"))
    run(runs, 25, shrink=bool(os.environ.get("MEDLOC_MACHINE_SHRINK")))
