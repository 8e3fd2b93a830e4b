"""An index of the open claims that follows their events: the machine's index file, or memory for a small newsroom."""

from collections.abc import Iterator, Sequence

from django.conf import settings

from claims.live_index import base_file
from claims.live_index.readings import Readings
from claims.matching import ClaimIndex, ReadingError
from claims.models import CLAIM_FEED, Claim, ClaimWording, Event

_CHUNK = 2_000


class Follower:
    """`followed` counts the changes applied since the file was written: the part of the index that is not shared."""

    def __init__(self) -> None:
        self.seq = 0
        self.index = ClaimIndex()
        self.readings = Readings()
        self.base: base_file.BaseFile | None = None
        self.followed = 0
        self._hash = ""

    def open(self) -> None:
        """From the newest file, written first if the newsroom is large and has none; else from the database."""
        if self._open_file(base_file.newest()):
            return self.follow()
        if Claim.objects.open().count() < settings.INDEX_FILE_FROM:
            return self._read_database()
        with base_file.lock(wait=True):
            if not self._open_file(base_file.newest()):
                self._open_file(self.write_file())
        return self.follow()

    def is_of_this_database(self) -> bool:
        """False after a restored backup or an emptied test database: then the events followed are not these."""
        return self.seq == 0 or Event.objects.filter(seq=self.seq, hash=self._hash).exists()

    def follow(self) -> None:
        """Take in what happened to claims since `seq`."""
        last = Event.objects.order_by("-seq").values_list("seq", "hash").first()
        if last is None or last[0] <= self.seq:
            return
        feed = Event.objects.filter(kind__in=CLAIM_FEED, seq__gt=self.seq, seq__lte=last[0])
        changed = list(dict.fromkeys(feed.order_by("seq").values_list("object_id", flat=True)))
        for start in range(0, len(changed), _CHUNK):
            self._reload(changed[start : start + _CHUNK])
        self.followed += len(changed)
        self.seq, self._hash = last

    def write_file(self) -> base_file.BaseFile:
        """Write the claims as they are now as the machine's newest file. The caller holds the lock."""
        if not self._open_file(base_file.newest()):
            self._read_database()
        self.follow()
        return base_file.write(self.index, seq=self.seq, event_hash=self._hash)

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

    def _reload(self, public_ids: Sequence[str]) -> None:
        claims = list(Claim.objects.with_wording().filter(public_id__in=public_ids))
        self.readings.forget([claim.pk for claim in claims])
        for claim in claims:
            if claim.status == "open":
                self.index.add(claim.pk, indexed_text(claim.wording))
            else:
                self.index.remove(claim.pk)


def indexed_text(wording: ClaimWording) -> str:
    return "\n".join([wording.text, *wording.aliases])


def _open_claims() -> Iterator[tuple[int, str]]:
    wordings = ClaimWording.objects.filter(current_of__status="open").order_by("current_of")
    rows = wordings.values_list("current_of", "text", "aliases").iterator(chunk_size=_CHUNK)
    return ((claim_id, "\n".join([text, *aliases])) for claim_id, text, aliases in rows)
