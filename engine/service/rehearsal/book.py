"""The one phrasebook that all phrases are written into."""

from engine.service.rehearsal.phrases import Phrasebook

BOOK = Phrasebook()
say = BOOK.say
