"""What every answer carries, page, file, error or redirection: closed to other sites, kept by no cache."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NON_GARDE = "no-store"


class EntetesStricts:
    """Completes SecurityMiddleware and django-csp. Outside WhiteNoise, whose hashed files alone may be cached."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        if "immutable" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = NON_GARDE
        return response
