"""What guards every answer and request: headers, trusted hosts, a bound on bodies, and CSRF tokens."""

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect

from webapp.config import Config

# The one inline script of the page template (it marks the body when scripts run) is allowed by its hash.
TEMPLATE_SCRIPT = "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "base-uri 'none'",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self'",
        f"script-src 'self' {TEMPLATE_SCRIPT}",
        "style-src 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
MEGABYTE = 1024 * 1024
LARGEST_PAGE = 2 * MEGABYTE
LARGEST_UPLOAD = 52 * MEGABYTE
UPLOADS = ("/tasks/", "/start/", "/help/practise/")


def protect(app: Flask, config: Config) -> None:
    """Set up the guards of `app`."""
    secure = not config.demonstration
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_PAGE,
        MAX_FORM_MEMORY_SIZE=LARGEST_PAGE,
        PERMANENT_SESSION_LIFETIME=config.idle,
        SECRET_KEY=config.secret_key,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_NAME="__Host-casefile" if secure else "casefile-demonstration",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        TRUSTED_HOSTS=list(config.hosts),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.before_request(_allow_uploads)
    CSRFProtect(app)
    app.after_request(_add_headers)


def _allow_uploads() -> None:
    """Let a page with a file send more; this comes before anything reads the body."""
    if request.path.startswith(UPLOADS) and request.mimetype == "multipart/form-data":
        request.max_content_length = LARGEST_UPLOAD


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers.setdefault("Cache-Control", "no-store")
    return response
