"""Public ids: random, opaque, safe in a URL and when read aloud."""

from django.db import models
from django.utils.crypto import get_random_string

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 14  # 69 bits: unguessable, and no clash among a billion rows


def new_public_id() -> str:
    return get_random_string(_LENGTH, _ALPHABET)


class PublicIdModel(models.Model):
    """A row known outside by `public_id`, never by its primary key."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)

    class Meta:
        abstract = True
