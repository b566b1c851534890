"""The outermost layer: headers on every answer, and nothing of who asks inside."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FEATURES_OFF = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "autoplay", "camera", "clipboard-read", "display-capture", "encrypted-media"),
        *("fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer"),
        *("microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock"),
        *("serial", "storage-access", "usb", "xr-spatial-tracking"),
    )
)
FIXED = {
    "Cache-Control": "no-store",  # where an answer says nothing else
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": FEATURES_OFF,
}
FORWARDING = frozenset(
    {b"forwarded", b"via", b"x-real-ip", b"x-client-ip", b"cf-connecting-ip", b"true-client-ip", b"user-agent"}
)


class Headers:
    """Set our headers on every response, and forget the visitor's address and user agent before anyone can log them.

    Only the scheme is believed, and only from a proxy the settings trust.
    """

    def __init__(self, app: ASGIApp, *, trusted_proxy: bool, indexing: bool) -> None:
        self._app = app
        self._trusted_proxy = trusted_proxy
        fixed = FIXED if indexing else FIXED | {"X-Robots-Tag": "noindex, nofollow, noarchive"}
        self._fixed = [(name.lower().encode(), value.encode()) for name, value in fixed.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                set_already = {name for name, _ in message["headers"]}
                missing = [header for header in self._fixed if header[0] not in set_already]
                message["headers"] = [*message["headers"], *missing]
            await send(message)

        await self._app(self._anonymous(scope), receive, send_with_headers)

    def _anonymous(self, scope: Scope) -> Scope:
        headers = scope["headers"]
        scheme = scope["scheme"]
        if self._trusted_proxy:
            forwarded = next((value for name, value in headers if name == b"x-forwarded-proto"), b"")
            scheme = "https" if forwarded == b"https" else "http"
        kept = [(name, value) for name, value in headers if name not in FORWARDING and not _forwarded(name)]
        return {**scope, "client": None, "scheme": scheme, "headers": kept}


def _forwarded(name: bytes) -> bool:
    return name.startswith(b"x-forwarded-")
