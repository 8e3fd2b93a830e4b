"""Where a text says that what it relays is open: nobody could verify it, no evidence was shown, a party's word."""

from __future__ import annotations

import re

_UNVERIFIED = re.compile(
    r"\b(?:not|cannot|can't|couldn't|unable\sto|impossible\sto|yet\sto|neither)\s"
    r"(?:be\s|been\s|have\s|being\s|independently\s|immediately\s|possible\sto\s){0,4}"
    r"(?:confirm|verif|corroborat|substantiat|authenticat|checked|judge|establish)"
    r"|\bno\s(?:official|independent|neutral|reliable|hard|documentary)\s(?:count|figures?|confirmation|evidence|data|proof|tally|sources?)\b"
    r"|\bwithout\s(?:giving\s|offering\s|providing\s|showing\s|any\s|citing\s|presenting\s|producing\s){0,2}"
    r"(?:evidence|proof|details|footage|documents|figures|sources?)\b"
    r"|\b(?:shown|gave|given|offered|provided|produced|presented|cited)\sno\s(?:evidence|proof|footage|documents?|sources?|details)\b"
    r"|\b(?:no|any)\s(?:evidence|proof)\b|\bunverified\b|\bunconfirmed\b|\bunproven\b|\bunsubstantiated\b"
    r"|\bif\s(?:one|you)\s(?:believes?|trusts?)\b|\bleft\sopen\b|\bfar\sapart\b|\bdiffer\swidely\b"
    r"|\b(?:not|nobody|no\sone|declined\sto|refused\sto|would\snot|wouldn't)\s(?:would\s|wish\sto\s|want\sto\s)?(?:comment|respond|reply)"
    r"|\bdid\snot\s(?:respond|reply|comment|answer)|\bnot\savailable\b|\bnot\speer[-\s]reviewed\b"
    r"|\b(?:yet\sto|has\snot\syet|have\snot\syet)\s(?:publish|confirm|be\spublished|be\sconfirmed|release)"
    r"|\b(?:count|tally|figure|record)s?\sdo(?:es)?\snot\sexist\b|\bmatter\sof\sfaith\b"
    r"|\b(?:propaganda|wishful\sthinking|electioneering)\b|\bgave\sno\sfigures?\b"
    r"|\bin\sno\sposition\sto\b|\bnot\sin\sa\sposition\sto\b|\b(?:disputed|contested|challenged|questioned)\b",
    re.IGNORECASE,
)
_UNVERIFIED_NEEDS = frozenset({
    "not", "cannot", "t", "unable", "impossible", "yet", "neither", "no", "without", "any", "unverified",
    "unconfirmed", "unproven", "unsubstantiated", "believe", "believes", "trust", "trusts", "open", "apart",
    "widely", "nobody", "declined", "refused", "exist", "faith", "propaganda", "wishful", "electioneering",
    "position", "disputed", "contested", "challenged", "questioned",
})  # fmt: skip
"""Every wording has one of these words; spares most sentences the pattern."""
_PARTY = frozenset({
    "union", "unions", "organiser", "organisers", "organizer", "organizers", "lobby", "lobbyist", "lobbyists",
    "activist", "activists", "rebel", "rebels", "opposition", "campaigner", "campaigners", "critics",
    "supporter", "supporters", "founder", "plaintiff", "plaintiffs", "lawyer", "lawyers", "separatist",
    "separatists", "militant", "militants", "insurgent", "insurgents", "campaign", "rival", "rivals",
    "candidate", "poster", "posters", "brochure", "brochures", "advert", "adverts", "advertisement",
    "advertisements", "prospectus",
})  # fmt: skip
_WORD = re.compile(r"\w+")


def is_unverified(sentence: str) -> bool:
    """Whether a sentence says that nobody could confirm what is told, or that no evidence was given."""
    return _is_unverified(sentence, _words(sentence))


def _is_unverified(sentence: str, said: set[str]) -> bool:
    return not said.isdisjoint(_UNVERIFIED_NEEDS) and _UNVERIFIED.search(sentence) is not None


def doubts_of(sentence: str) -> tuple[str, ...]:
    """As names: "unverified", and "party" where a sentence names somebody with an interest in what is told."""
    said = _words(sentence)
    told = (("unverified", _is_unverified(sentence, said)), ("party", not said.isdisjoint(_PARTY)))
    return tuple(name for name, found in told if found)


def _words(sentence: str) -> set[str]:
    return set(_WORD.findall(sentence.lower()))
