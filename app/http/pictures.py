"""Giving out the images of pages: small, made by the hub, and the same for ever."""

import logging

from flask import Response, request, send_file

from app.backends.storage import registry
from app.backends.storage.base import StoreFailed
from app.choices import ImageSize
from app.db import transaction
from app.errors import NotFound, Unavailable
from app.http.files import UNREACHED
from app.models.page_image import PageImage
from app.services import drawing

log = logging.getLogger(__name__)
MEDIA_TYPE = "image/webp"
LOST = "The image of this page was lost and is being drawn again. Look again in a moment."


def send_image(image: PageImage, size: ImageSize) -> Response:
    """One image, kept by the browser for a year: another image has another address."""
    sha256 = image.sha256(size)
    try:
        store = registry.named(image.store)
        path = store.local_path(sha256)
        if path is not None and path.is_file():
            response = send_file(path, mimetype=MEDIA_TYPE, etag=sha256, conditional=True)
        else:
            with store.open(sha256) as opened:
                response = Response(opened.read(), mimetype=MEDIA_TYPE)
            response.set_etag(sha256)
            response.make_conditional(request)
    except FileNotFoundError:
        with transaction():
            drawing.again(image.version_id)
        raise NotFound(LOST) from None
    except StoreFailed as problem:
        log.warning("an image could not be given: %s", problem)
        raise Unavailable(UNREACHED) from None
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response
