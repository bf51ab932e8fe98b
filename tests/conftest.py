"""What all tests share."""

from __future__ import annotations

import signal

# A shell starts what runs in the background with SIGINT ignored, which children would take over.
signal.signal(signal.SIGINT, signal.default_int_handler)
