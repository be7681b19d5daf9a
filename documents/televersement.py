"""Uploads on their way in: never in clear on a disk, never more than the page accepts."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpResponse

from documents.flux import Reserve

MO = 1024 * 1024
PLAFOND = 20 * MO


def televersement_jusqu_a(octets: int) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view whose files may be larger than usual."""

    def marquer(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        vue.plafond = octets  # type: ignore[attr-defined]
        return vue

    return marquer


class ReceptionScellee(FileUploadHandler):
    """Seals what overflows the memory. Beyond the page's limit bytes are counted, not kept: the form refuses them."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        vue = getattr(getattr(self.request, "resolver_match", None), "func", None)
        self._plafond: int = getattr(vue, "plafond", PLAFOND)
        self._reserve = Reserve()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= self._plafond:
            self._reserve.write(raw_data)

    def upload_interrupted(self) -> None:
        self._reserve.close()

    def file_complete(self, file_size: int) -> UploadedFile:
        contenu: Any = self._reserve.lecture()
        return UploadedFile(
            file=contenu,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
