"""Published and worked data for estimates: schools of California, months of audits."""

from collections.abc import Sequence

from engine.domain.estimates import Estimate
from engine.domain.strata import Stratum

AREAS = {"LAC": 560, "CP&P/CIN": 900, "CFA": 640, "CWD": 210, "Next Step": 150}

# R survey::api, apistrat: api00, awards (y or n) and enroll of the schools sampled in each stratum.
SCHOOLS = {
    ("E", 4421): """
        840n276 516y841 531n441 501y298 720y354 805y330 778n385 731n583 592y763 669n381 497y1112 638y515 534y262
        705y528 761n278 771n266 751y256 474n443 832n450 559y553 765y589 744n312 865y474 782y184 745y446 892y369
        619y681 616y263 703y313 509y522 806n339 759y334 740y323 642y655 565n388 726y342 863y355 765y537 893y382
        398n444 539y603 776y264 580n158 503y643 724y424 476y541 529y473 870y337 746n447 836y334 756n290 423n660
        588y285 606y143 632y555 651y382 553y571 676n619 861y270 588y441 597y387 884n227 819y155 542n325 509n437
        493y195 893y445 709y292 596n332 609y339 671y386 720y250 669y587 650n262 836y304 542y459 578y492 814n615
        777y437 719y390 617y547 856y365 723y770 609y678 676y271 668y307 421y620 667y153 631n213 845y410 631n364
        696y169 714y368 788y190 667y368 568y601 847y420 679y613 477n446 521y482
    """,
    ("M", 1018): """
        496n1293 505n1043 409n739 609y1116 867y739 685y912 647n1173 745y539 694y363 676y475 870y558 500n491 679n715
        552y179 559n598 650y1162 565n817 443n2039 774n1345 668y390 581n618 878y767 753y829 528n529 678n775 535y954
        667y893 534n635 648n725 551y1087 485y554 765y358 743n802 403n608 695n525 551y480 467n892 669n1191 773y934
        780y348 693n714 635y708 660n895 733n696 657y933 606y1524 522n2171 601y1012 819n1358 627n423
    """,
    ("H", 755): """
        467n2165 522n1894 455y357 509n2552 681n1105 666n1586 582n1527 641n331 510n983 527n1423 681n682 724y1820
        525y1033 712n532 680y1115 784y1956 743n695 593n637 518n1515 770n633 721n1771 713y588 816y1469 641n119
        667n1989 610n1139 618n195 717n1148 610y1032 868y1692 678n2247 418y1068 712n2018 784y1788 472n216 764y1377
        646n1115 585n2181 556n1783 600n1389 599n1313 706n542 409n1684 635y1520 477n3156 710n763 453n2237 546y1602
        646y1754 624y599
    """,
}


def schools(column: str) -> list[Stratum]:
    """Return a column of the schools: "api00", "enroll", or "awards" as 1 and 0."""
    read = {
        "api00": lambda row: float(row.replace("n", "y").split("y")[0]),
        "enroll": lambda row: float(row.replace("n", "y").split("y")[1]),
        "awards": lambda row: float("y" in row),
    }[column]
    return [Stratum(code, cases, tuple(map(read, rows.split()))) for (code, cases), rows in SCHOOLS.items()]


def month(done: Sequence[int], good: Sequence[int], sampled: Sequence[int] | None = None) -> list[Stratum]:
    return [
        Stratum.counted(area, cases, *counts)
        for (area, cases), counts in zip(AREAS.items(), zip(done, good, sampled or done, strict=True), strict=True)
    ]


def limits(estimate: Estimate, digits: int) -> tuple[float, float]:
    assert estimate.interval is not None
    return round(estimate.interval.low, digits), round(estimate.interval.high, digits)


OCTOBER = (28, 44, 31, 10, 7)
PROVISIONAL = month((26, 39, 24, 10, 6), (15, 21, 10, 8, 3), OCTOBER)
FINAL = month((28, 43, 29, 10, 7), (16, 22, 12, 8, 4), OCTOBER)
SMALL = month((12, 15, 15, 6, 6), (8, 9, 6, 6, 3))
