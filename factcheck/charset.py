"""What comes in is UTF-8, whatever charset it names.

Django would read addresses with any codec of Python's, also those that are not for text, and fail before a view or
middleware could answer.
"""

import re

_CHARSET = re.compile(r";\s*charset=[^;]*", re.IGNORECASE)


def without_charset(content_type: str) -> str:
    return _CHARSET.sub("", content_type)
