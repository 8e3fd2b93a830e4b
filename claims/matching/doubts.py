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
_PARTY = re.compile(
    r"\b(?:unions?|organisers?|organizers?|lobby|lobbyists?|activists?|rebels?|opposition|campaigners?|critics|supporters?"
    r"|founder|plaintiffs?|lawyers?|separatists?|militants?|insurgents?|campaign|rival|rivals|candidate|posters?|brochures?"
    r"|adverts?|advertisements?|prospectus)\b",
    re.IGNORECASE,
)


def is_unverified(sentence: str) -> bool:
    """Whether a sentence says that nobody could confirm what is told, or that no evidence was given."""
    return _UNVERIFIED.search(sentence) is not None


def is_of_a_party(sentence: str) -> bool:
    """Whether a sentence names somebody with an interest in what is told."""
    return _PARTY.search(sentence) is not None
