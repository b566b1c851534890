"""What nobody should type, and everybody might."""

NASTY = (
    "\0",
    "\u202e",
    "\x1b[2J",
    "'; DROP TABLE session; --",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "𝟘" * 12,
    "9" * 5000,
)
