"""The kinds of file the hub knows: media type, usual extensions, and who reads their text."""

from dataclasses import dataclass

UNKNOWN = "application/octet-stream"
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file; `reader` is "" for those without text of their own."""

    media_type: str
    extensions: tuple[str, ...]
    reader: str = ""


PDF = Kind("application/pdf", ("pdf",), "pdf")
PPTX = Kind(f"{_OPEN_XML}presentationml.presentation", ("pptx",), "pptx")
DOCX = Kind(f"{_OPEN_XML}wordprocessingml.document", ("docx",), "docx")
XLSX = Kind(f"{_OPEN_XML}spreadsheetml.sheet", ("xlsx",), "xlsx")
XLSB = Kind("application/vnd.ms-excel.sheet.binary.macroEnabled.12", ("xlsb",), "xlsb")
DOC = Kind("application/msword", ("doc", "dot"), "doc")
XLS = Kind("application/vnd.ms-excel", ("xls", "xlt"), "xls")
PPT = Kind("application/vnd.ms-powerpoint", ("ppt", "pps", "pot"), "ppt")
HTML = Kind("text/html", ("html", "htm", "xhtml"), "html")
SVG = Kind("image/svg+xml", ("svg",), "svg")
RTF = Kind("application/rtf", ("rtf",), "rtf")
TEXT = Kind("text/plain", ("txt", "text", "log", "vtt", "srt"), "text")
ENCRYPTED = Kind("application/vnd.ms-office.encrypted", (), "locked")
OLE = Kind("application/x-ole-storage", (), "")
ZIP = Kind("application/zip", ("zip",), "")

# What [Content_Types].xml calls the main part, without the beginning and the ending.
MAIN_PARTS = {
    "presentationml.presentation.main": PPTX,
    "ms-powerpoint.presentation.macroEnabled.main": Kind(
        "application/vnd.ms-powerpoint.presentation.macroEnabled.12", ("pptm",), "pptx"
    ),
    "presentationml.slideshow.main": Kind(
        f"{_OPEN_XML}presentationml.slideshow", ("ppsx",), "pptx"
    ),
    "ms-powerpoint.slideshow.macroEnabled.main": Kind(
        "application/vnd.ms-powerpoint.slideshow.macroEnabled.12", ("ppsm",), "pptx"
    ),
    "presentationml.template.main": Kind(f"{_OPEN_XML}presentationml.template", ("potx",), "pptx"),
    "ms-powerpoint.template.macroEnabled.main": Kind(
        "application/vnd.ms-powerpoint.template.macroEnabled.12", ("potm",), "pptx"
    ),
    "wordprocessingml.document.main": DOCX,
    "ms-word.document.macroEnabled.main": Kind(
        "application/vnd.ms-word.document.macroEnabled.12", ("docm",), "docx"
    ),
    "wordprocessingml.template.main": Kind(
        f"{_OPEN_XML}wordprocessingml.template", ("dotx",), "docx"
    ),
    "ms-word.template.macroEnabledTemplate.main": Kind(
        "application/vnd.ms-word.template.macroEnabled.12", ("dotm",), "docx"
    ),
    "spreadsheetml.sheet.main": XLSX,
    "ms-excel.sheet.macroEnabled.main": Kind(
        "application/vnd.ms-excel.sheet.macroEnabled.12", ("xlsm",), "xlsx"
    ),
    "spreadsheetml.template.main": Kind(f"{_OPEN_XML}spreadsheetml.template", ("xltx",), "xlsx"),
    "ms-excel.template.macroEnabled.main": Kind(
        "application/vnd.ms-excel.template.macroEnabled.12", ("xltm",), "xlsx"
    ),
    "ms-excel.sheet.binary.macroEnabled.main": XLSB,
}
OPEN_DOCUMENTS = (
    Kind(f"{_ODF}text", ("odt",), "odt"),
    Kind(f"{_ODF}text-template", ("ott",), "odt"),
    Kind(f"{_ODF}presentation", ("odp",), "odp"),
    Kind(f"{_ODF}presentation-template", ("otp",), "odp"),
    Kind(f"{_ODF}spreadsheet", ("ods",), "ods"),
    Kind(f"{_ODF}spreadsheet-template", ("ots",), "ods"),
    Kind(f"{_ODF}graphics", ("odg",), "odp"),
)
TEXTS = (
    Kind("text/markdown", ("md", "markdown"), "markdown"),
    Kind("text/csv", ("csv",), "text"),
    Kind("text/tab-separated-values", ("tsv", "tab"), "text"),
    Kind("application/json", ("json",), "text"),
    Kind("application/xml", ("xml",), "text"),
    TEXT,
)
KINDS = (
    *MAIN_PARTS.values(), *OPEN_DOCUMENTS, *TEXTS,
    PDF, DOC, XLS, PPT, HTML, SVG, RTF, ENCRYPTED, OLE, ZIP,
)  # fmt: skip

BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS}
BY_EXTENSION = {extension: kind for kind in KINDS for extension in kind.extensions}


def reader_of(media_type: str) -> str:
    """The name of the reader for a media type, "" where a file of it has no text."""
    kind = BY_MEDIA_TYPE.get(media_type)
    return kind.reader if kind else ""


def by_name(filename: str) -> Kind | None:
    """The kind a file's name claims."""
    return BY_EXTENSION.get(filename.rpartition(".")[2].lower()) if "." in filename else None
