"""Slot by slot: does a row of the passage speak of what a row of the claim speaks of?

Each function answers agrees, differs or missing; `missing` means one side fills the slot and the other, with its
context, does not. A slot neither side fills counts as agreeing and is left out of the table.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from claims.matching.lexicon import groups_of, groups_of_term, groups_told, item_terms, term
from claims.matching.names import canonical, is_known, is_place
from claims.matching.outcomes import Agreement
from claims.matching.resources import words
from claims.matching.rows import PART, WHOLE
from claims.matching.sides import Sides
from claims.matching.slots import accepted_names
from claims.matching.statements import Slots, Statement
from claims.matching.types import Kind, Quantity

AGREES, DIFFERS, MISSING = Agreement.AGREES, Agreement.DIFFERS, Agreement.MISSING
_PERSONS = frozenset(term(word) for word in words("persons"))
_PERSON_NOUNS = frozenset(term(word) for word in words("person_nouns"))
_IDLE_MODIFIERS = frozenset(term(word) for word in words("idle_modifiers"))
_INCREMENTS = words("increment_modifiers") | {PART}
_BODIES = words("authorities") | words("person_nouns") | words("idle_modifiers") | words("bodies")
_OPPOSITE = {"increase": "decrease", "decrease": "increase"}
_ENOUGH_SCOPE = 0.6


def action(sides: Sides, *, confirming: bool = False) -> Agreement | None:
    """The events both rows report; one that only another part of the passage names counts for a confirmation alone."""
    ours, theirs = set(sides.ours.action), set(sides.theirs.action)
    if WHOLE in theirs:
        return DIFFERS
    if not ours and not theirs:
        return None
    if ours & theirs:
        return AGREES
    if ours and theirs:
        return DIFFERS
    present = ours or theirs
    terms = sides.passage.terms if ours else sides.claim.terms
    named = any(present & groups_of(word) or word in present for word in terms)
    return AGREES if named and (confirming or not ours) else MISSING


def is_opposite(sides: Sides) -> bool:
    return any(_OPPOSITE.get(name) in sides.theirs.action for name in sides.ours.action)


def item(sides: Sides, passage: Quantity | None, *, confirming: bool = False) -> Agreement | None:
    """The heads of the two noun phrases, by synonym or alias; "people" agrees with any noun naming the same event.

    `confirming`: the figures agree, so that "these exports" may stand for the goods the context names.
    """
    ours, theirs = item_terms(sides.ours.item), item_terms(sides.theirs.item)
    if not ours and not theirs:
        return None
    if not ours or not theirs:
        return MISSING
    if _stands_for_goods(sides, theirs) and not _kind(ours):
        return AGREES if confirming and ours[-1] in sides.around.known_terms else MISSING
    part_of_it = passage is not None and passage.kind is not Kind.COUNT and ours[-1] in theirs
    alike_heads = ours[-1] == theirs[-1] or _is_alias(sides, theirs)
    return AGREES if alike_heads or part_of_it or _same_people(sides, ours, theirs) else DIFFERS


def _same_people(sides: Sides, ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether both items are the people an event befell: "deaths" and "people", "migrants" and "arrivals"."""
    if _is_general(ours, sides.ours) and _is_general(theirs, sides.theirs):
        return not (_kind(ours) and _kind(theirs)) or bool(_kind(ours) & _kind(theirs))
    if _is_people(theirs, sides.theirs.item) and (ours[-1] in _PERSON_NOUNS or _is_people(ours, sides.ours.item)):
        return True
    return _are_event_and_person(ours, theirs)


def _stands_for_goods(sides: Sides, theirs: Sequence[str]) -> bool:
    """ "These exports": an item that only names the event again, of goods named elsewhere."""
    return len(theirs) == 1 and bool(_kind(theirs) & set(sides.ours.action)) and not _kind(theirs) & {"die", "infect"}


def _are_event_and_person(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """ "157,000 migrants arrived" and "157,000 arrivals": the event stands for those it befell."""
    return ours[-1] in _PERSON_NOUNS and bool(_kind(theirs)) and not _kind(ours)


def _is_people(terms: Sequence[str], item: str) -> bool:
    """Persons in general, or the people of a country."""
    return terms[-1] in _PERSONS or is_place(item.rsplit(" ", 1)[-1])


def _kind(terms: Sequence[str]) -> frozenset[str]:
    return groups_of(terms[-1])


def _is_general(terms: Sequence[str], row: Slots) -> bool:
    """Persons, or a noun that only names the event: "deaths", "cases", "dead"."""
    return terms[-1] in _PERSONS or bool(groups_of(terms[-1]) & set(row.action))


def _is_alias(sides: Sides, theirs: Sequence[str]) -> bool:
    """Whether the passage's item is one of the names the desk accepts for the claim's."""
    for accepted in accepted_names(sides.claim.aliases):
        for name in accepted:
            alias = item_terms(name)
            if alias and alias[-1] == theirs[-1] and set(alias) <= set(theirs):
                return True
    return False


def modifiers(sides: Sides) -> tuple[Agreement, str] | None:
    """Sub-kinds: the passage's item says more (N95 masks), or less, than the claim's (masks)."""
    if not sides.ours.item or not sides.theirs.item or _is_alias(sides, item_terms(sides.theirs.item)):
        return None
    ours, theirs = item_terms(sides.ours.item), item_terms(sides.theirs.item)
    if any(word in _INCREMENTS and word not in sides.ours.scope for word in sides.theirs.scope):
        return DIFFERS, sides.theirs.item
    says_more = ours[-1] == theirs[-1] and _adds_kinds(sides, ours, theirs)
    lacking = [word for word in ours[:-1] if word not in _IDLE_MODIFIERS and word not in sides.around.known_terms]
    if not (says_more or lacking) or _share_name(sides.ours.item, sides.theirs.item):
        return None
    return (DIFFERS, sides.theirs.item) if says_more else (MISSING, sides.ours.item)


def _adds_kinds(sides: Sides, ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether the passage's item has modifiers that tell a kind and that the claim nowhere says."""
    telling = [word for word in theirs[:-1] if word not in _IDLE_MODIFIERS and word not in _INCREMENTS]
    if not telling:
        return False
    said = {*ours, *sides.claim.terms, *(term(name.lower()) for name in sides.claim.names)}
    return any(word not in said for word in telling)


def _share_name(ours: str, theirs: str) -> bool:
    """ "Abrams tank" and "Abrams battle tank": a proper name in both tells the kind."""
    first, second = ({word for word in text.split() if word[0].isupper()} for text in (ours, theirs))
    return bool(first & second)


def who(sides: Sides, *, confirming: bool = False) -> tuple[Agreement, bool] | None:
    """Whether the same entity acts; the flag says that the context, not the sentence, named it.

    An entity named elsewhere in the sentence may stand for a subject that is not said, but where the sentence names
    others too, only to confirm.
    """
    wanted = sides.ours.who
    if not wanted:
        return None
    told = [_named(sides, name) for name in wanted]
    if all(found == "row" for found in told):
        return AGREES, False
    return _absent_who(sides, wanted, told, confirming=confirming), "none" not in told and "context" in told


def _absent_who(sides: Sides, wanted: Sequence[str], told: Sequence[str], *, confirming: bool) -> Agreement:
    """Who, where the row itself does not name all the claim names."""
    named = any(is_name(name) for name in wanted)
    rivals = [name for name in sides.theirs.who if is_name(name) and not any(_same(name, own) for own in wanted)]
    if rivals and named and "row" not in told:
        return DIFFERS
    if named and any(name in words("companies") for name in sides.theirs.who):
        return DIFFERS
    if "none" in told:
        elsewhere = named and _names_others(sides, wanted)
        return DIFFERS if elsewhere or _names_another_thing(sides) else MISSING
    unsure = "sentence" in told and "row" not in told and not confirming
    return MISSING if unsure and _names_others(sides, wanted) else AGREES


def acts_for_another(sides: Sides) -> bool:
    """Whether the row's actor is a known entity that the claim does not name."""
    ours = (*sides.ours.who, *sides.claim.names)
    return any(is_known(name) and not is_among(name, ours) for name in sides.theirs.who)


def _names_others(sides: Sides, wanted: Sequence[str]) -> bool:
    known = {*sides.theirs.place, *(name for name in sides.passage.names if is_known(name))}
    return any(not any(_same(name, own) for own in (*wanted, *sides.claim.names)) for name in known)


def _names_another_thing(sides: Sides) -> bool:
    """Both subjects are common nouns that name no persons, bodies or counts: "the flood" is not "the earthquake"."""
    if any(is_name(name) for name in (*sides.ours.who, *sides.theirs.who)) or not sides.theirs.who:
        return False
    return not any(name in _BODIES or groups_of(name) or name in words("persons") for name in sides.theirs.who)


@lru_cache(maxsize=65_536)
def is_name(entity: str) -> bool:
    return any(character.isupper() for character in entity)


def is_among(name: str, others: Collection[str]) -> bool:
    """Whether one of some entities is the named one."""
    return name in others or any(_same(name, other) for other in others)


def _named(sides: Sides, wanted: str) -> str:
    """Where the passage names an entity of the claim: in the row, the sentence, the context or nowhere ("none")."""
    accepted = _accepted(sides.claim.aliases, wanted)
    if any(_same(name, other) for name in accepted for other in sides.theirs.who):
        return "row"
    if _mentions(sides.passage, accepted):
        return "sentence"
    return "context" if any(_mentions(statement, accepted) for statement in sides.around.context) else "none"


def _mentions(statement: Statement, accepted: frozenset[str]) -> bool:
    terms = statement.terms
    return any(is_among(name, statement.names) or name in terms or term(name.lower()) in terms for name in accepted)


@lru_cache(maxsize=8_192)
def _accepted(aliases: tuple[str, ...], wanted: str) -> frozenset[str]:
    names = {wanted, canonical(wanted)}
    for group in accepted_names(aliases):
        if len(group) == 1 or group & names:
            names |= group
    return frozenset(names)


@lru_cache(maxsize=65_536)
def _same(first: str, second: str) -> bool:
    if first == second:
        return True
    if not is_name(first) or not is_name(second):
        return term(first.lower()) == (second if not is_name(second) else term(second.lower()))
    if is_known(first) or is_known(second):
        return canonical(first) == canonical(second)
    ours, theirs = set(first.lower().split()), set(second.lower().split())
    return ours <= theirs or theirs <= ours


def place(sides: Sides) -> tuple[Agreement, str] | None:
    """Where: a place only the passage names narrows it (scope); one only the claim names may be missing."""
    wanted = [name for name in sides.ours.place if is_name(name)]
    told = [name for name in sides.theirs.place if is_name(name)]
    if not wanted:
        return None
    found = [_named(sides, name) for name in wanted]
    if all(where in ("row", "sentence") for where in found):
        return AGREES, ", ".join(wanted)
    if told and not any(_same(name, other) for name in wanted for other in told):
        return DIFFERS, ", ".join(told)
    if "none" in found:
        return MISSING, ""
    return AGREES, ", ".join(wanted)


def narrower_places(sides: Sides) -> list[str]:
    """Places the passage's row names that the claim does not: a part of what the claim speaks of."""
    ours = {*sides.ours.who, *sides.ours.place, *sides.claim.names}
    return [
        name
        for name in sides.theirs.place
        if not any(_same(name, other) for other in ours) and term(name.lower()) not in sides.claim.terms
    ]


def scope(sides: Sides) -> Agreement | None:
    """The claim's remaining words: most of them must be said in the passage or its context."""
    wanted = [word for word in sides.ours.scope if word]
    if not wanted:
        return None
    said = _said(sides, wanted)
    if any(is_name(word) and not found for word, found in zip(wanted, said, strict=True)):
        return MISSING
    return AGREES if sum(said) >= _ENOUGH_SCOPE * len(wanted) else MISSING


def _said(sides: Sides, wanted: Sequence[str]) -> list[bool]:
    known, told = sides.around.known_terms, groups_told(sides.around.terms)
    return [word in known or not told.isdisjoint(groups_of_term(word)) for word in wanted]


def says_all_scope(sides: Sides) -> bool:
    """Whether every remaining word of the claim is said: "neonatal mortality" leaves "infant" unsaid."""
    return all(_said(sides, sides.ours.scope))
