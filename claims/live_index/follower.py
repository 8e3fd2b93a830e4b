"""An index of the open claims that follows their events: the machine's index file, or memory for a small newsroom."""

from collections.abc import Iterator, Sequence

from django.conf import settings

from claims.live_index import base_file
from claims.live_index.readings import Readings
from claims.matching import ClaimIndex, ReadingError
from claims.models import CLAIM_FEED, Claim, ClaimWording, Event

_CHUNK = 2_000
MOST_FOLLOWED = 50_000
"""Changes that are taken in one by one, in some seconds; behind more of them a newer file is written."""


class NotReady(Exception):
    """The newsroom is large, and its machine's index file is lacking or far behind."""


class Follower:
    """`index` is never changed once another thread may search it: what follows is another one.

    `followed` counts the changes applied since the file was written: the part of the index that is not shared."""

    def __init__(self) -> None:
        self.seq = 0
        self.index = ClaimIndex()
        self.readings = Readings()
        self.base: base_file.BaseFile | None = None
        self.followed = 0
        self._hash = ""

    def open(self) -> None:
        """From the newest file; from the database for a small newsroom. Raises NotReady if a file must be written.

        Writing takes a minute at a million claims: no request and no report's matching is the one to wait for that.
        """
        try:
            self._open_newest()
        except NotReady:
            if Claim.objects.open().count() >= settings.INDEX_FILE_FROM:
                raise
            self._read_database()

    def is_of_this_database(self) -> bool:
        """False after a restored backup or an emptied test database: then the events followed are not these."""
        return self.seq == 0 or Event.objects.filter(seq=self.seq, hash=self._hash).exists()

    def follow(self) -> None:
        """Take in what happened to claims since `seq`. Raises NotReady if that is too much."""
        last = Event.objects.order_by("-seq").values_list("seq", "hash").first()
        if last is None or last[0] <= self.seq:
            return
        feed = Event.objects.filter(kind__in=CLAIM_FEED, seq__gt=self.seq, seq__lte=last[0])
        changed = list(dict.fromkeys(feed.order_by("seq").values_list("object_id", flat=True)))
        if len(changed) > MOST_FOLLOWED:
            raise NotReady(f"{len(changed)} claims have changed since the index file was written")
        if changed:
            index = self.index.copy()
            for start in range(0, len(changed), _CHUNK):
                self._reload(index, changed[start : start + _CHUNK])
            self.index = index
        self.followed += len(changed)
        self.seq, self._hash = last

    def write_file(self) -> base_file.BaseFile:
        """Write the claims as they are now as the machine's newest file. The caller holds the lock."""
        try:
            self._open_newest()
        except NotReady:
            self._read_database()
        return base_file.write(self.index, seq=self.seq, event_hash=self._hash)

    def _open_newest(self) -> None:
        if not self._open_file(base_file.newest()):
            raise NotReady("there is no index file")
        self.follow()

    def _open_file(self, base: base_file.BaseFile | None) -> bool:
        """Whether the file could be opened; one that is damaged is removed."""
        if base is None:
            return False
        try:
            self.index = ClaimIndex.load(base.path)
        except FileNotFoundError:
            return False
        except ReadingError:
            base_file.discard(base)
            return False
        found = Event.objects.filter(seq=base.seq).values_list("hash", flat=True)
        self.base, self.seq, self._hash, self.followed = base, base.seq, found.get(), 0
        return True

    def _read_database(self) -> None:
        self.seq, self._hash = Event.objects.order_by("-seq").values_list("seq", "hash").first() or (0, "")
        self.index, self.base, self.followed = ClaimIndex.build(_open_claims()), None, 0

    def _reload(self, index: ClaimIndex, public_ids: Sequence[str]) -> None:
        claims = list(Claim.objects.with_wording().filter(public_id__in=public_ids))
        self.readings.forget([claim.pk for claim in claims])
        for claim in claims:
            if claim.status == "open":
                index.add(claim.pk, indexed_text(claim.wording))
            else:
                index.remove(claim.pk)


def indexed_text(wording: ClaimWording) -> str:
    return "\n".join([wording.text, *wording.aliases])


def _open_claims() -> Iterator[tuple[int, str]]:
    wordings = ClaimWording.objects.filter(current_of__status="open").order_by("current_of")
    rows = wordings.values_list("current_of", "text", "aliases").iterator(chunk_size=_CHUNK)
    return ((claim_id, "\n".join([text, *aliases])) for claim_id, text, aliases in rows)
