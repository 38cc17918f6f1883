"""Packages for an archive: a BagIt bag and an E-ARK SIP of a case file, from the same contents."""
