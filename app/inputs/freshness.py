"""What is asked about copies: the hashes of their bytes, never the bytes."""

from typing import Annotated

from pydantic import Field

from app.inputs.fields import Input

MOST = 500
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-fA-F]{64}$")]


class Copies(Input):
    """SHA-256 hashes in hex."""

    sha256: Annotated[list[Sha256], Field(min_length=1, max_length=MOST)]
