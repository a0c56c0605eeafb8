"""Official documents 公文 in the layout of GB/T 9704-2012, as Word and as PDF, from one description."""

from openrenda.documents.official.letters import (
    HandOver,
    Reply,
    SuggestionName,
    hand_over_notice,
    reply_letter,
)
from openrenda.documents.official.model import (
    Attachment,
    OfficialDocument,
    Part,
    Table,
    Text,
    Volume,
    han,
    long_date,
    long_days,
)
from openrenda.documents.official.pdf import PdfUnavailable, pdf_problems, to_pdf, volume_to_pdf

__all__ = [
    "Attachment",
    "HandOver",
    "OfficialDocument",
    "Part",
    "PdfUnavailable",
    "Reply",
    "SuggestionName",
    "Table",
    "Text",
    "Volume",
    "han",
    "hand_over_notice",
    "long_date",
    "long_days",
    "pdf_problems",
    "reply_letter",
    "to_docx",
    "to_pdf",
    "volume_to_docx",
    "volume_to_pdf",
]


# What writes Word files takes ten megabytes of every process that has it, so it is loaded by whoever writes the first one.


def to_docx(document: OfficialDocument) -> bytes:
    """The document as .docx; the same document gives the same bytes."""
    from openrenda.documents.official import word

    return word.to_docx(document)


def volume_to_docx(volume: Volume) -> bytes:
    """The volume as .docx; page numbers of the contents are fields that Word counts when the file is opened."""
    from openrenda.documents.official import word

    return word.volume_to_docx(volume)
