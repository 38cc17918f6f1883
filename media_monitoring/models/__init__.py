"""The rows of the press desk, a module for each noun."""

from media_monitoring.models.analyses import Analysis
from media_monitoring.models.articles import (
    EXCERPT,
    Article,
    ArticleFile,
    ArticleIndex,
    ArticleQuerySet,
    ArticleVersion,
    Story,
    Word,
)
from media_monitoring.models.claims import (
    FACTS_PAGE,
    Claim,
    ClaimArticle,
    ClaimQuerySet,
    Fact,
    FactQuerySet,
    FactRequest,
    FactRequestQuerySet,
)
from media_monitoring.models.coding import Coding, CodingModel, CodingQuerySet, Proposal
from media_monitoring.models.digests import (
    Digest,
    DigestItem,
    DigestQuerySet,
    DigestReader,
    Forward,
    ForwardQuerySet,
    PressYear,
)
from media_monitoring.models.evidence import Evidence
from media_monitoring.models.journalists import (
    CONTACT_FIELDS,
    JOURNALIST_PURPOSE,
    Accreditation,
    Enquiry,
    EnquiryQuerySet,
    EnquiryUse,
    Journalist,
)
from media_monitoring.models.newsletters import Mailbox, SourceLetter
from media_monitoring.models.outlets import Host, Outlet, Source, SourceQuerySet
from media_monitoring.models.stories import Fingerprint, OwnText, Shingle
from media_monitoring.models.topics import (
    QuietHours,
    Reading,
    ReadingQuerySet,
    Topic,
    TopicHit,
    TopicQuerySet,
)

__all__ = [
    "CONTACT_FIELDS",
    "EXCERPT",
    "FACTS_PAGE",
    "JOURNALIST_PURPOSE",
    "Accreditation",
    "Analysis",
    "Article",
    "ArticleFile",
    "ArticleIndex",
    "ArticleQuerySet",
    "ArticleVersion",
    "Claim",
    "ClaimArticle",
    "ClaimQuerySet",
    "Coding",
    "CodingModel",
    "CodingQuerySet",
    "Digest",
    "DigestItem",
    "DigestQuerySet",
    "DigestReader",
    "Enquiry",
    "EnquiryQuerySet",
    "EnquiryUse",
    "Evidence",
    "Fact",
    "FactQuerySet",
    "FactRequest",
    "FactRequestQuerySet",
    "Fingerprint",
    "Forward",
    "ForwardQuerySet",
    "Host",
    "Journalist",
    "Mailbox",
    "Outlet",
    "OwnText",
    "PressYear",
    "Proposal",
    "QuietHours",
    "Reading",
    "ReadingQuerySet",
    "Shingle",
    "Source",
    "SourceLetter",
    "SourceQuerySet",
    "Story",
    "Topic",
    "TopicHit",
    "TopicQuerySet",
    "Word",
]
