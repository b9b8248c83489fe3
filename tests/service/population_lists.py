"""Population lists for tests, as an analyst would send them and as nobody should."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from engine.service.population.columns import read_columns
from engine.service.population.lists import read_population
from engine.service.population.report import PopulationReport, Stratum

COLUMNS_FILE = Path(__file__).parents[2] / "forms" / "population_columns.json"
COLUMNS = read_columns(COLUMNS_FILE.read_bytes())

HEADER = ("case_reference", "service_area", "team", "social_worker", "status", "restricted")
STRATA = {
    "cp&p/cin": Stratum("CP&P/CIN", True, 1),
    "lac": Stratum("LAC", True, 2),
    "cwd": Stratum("CWD", True, 3),
    "next step": Stratum("Next Step", True, 4),
    "cfa": Stratum("CFA", True, 5),
    "dat": Stratum("CFA", True, 5),
    "locality teams": Stratum("", False, 90),
    "fostering and adoption": Stratum("", False, 91),
}

Cells = Sequence[object]


def stratum_of(area: str) -> Stratum | None:
    return STRATA.get(area.lower())


def row_of(**cells: object) -> Cells:
    """Return an open case of North CIN with some cells changed."""
    usual: dict[str, object] = dict(zip(HEADER, ("CF-20931", "LAC", "North CIN", "nia", "open", "no"), strict=True))
    return list({**usual, **cells}.values())


def csv_of(*rows: Cells, header: Cells = HEADER, delimiter: str = ",") -> bytes:
    return "".join(delimiter.join(map(str, row)) + "\r\n" for row in (header, *rows)).encode()


def workbook_of(*rows: Cells, header: Cells = HEADER) -> bytes:
    workbook = Workbook()
    for row in (header, *rows):
        workbook.worksheets[0].append(list(row))
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def with_parts(content: bytes, parts: Mapping[str, bytes], compression: int = ZIP_DEFLATED) -> bytes:
    """Return a workbook in which some parts of the archive are exchanged or added."""
    file = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(file, "w", compression) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return file.getvalue()


def sheet_part(rows: bytes) -> dict[str, bytes]:
    """Return the first sheet's part of a workbook with these rows in SpreadsheetML."""
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return {"xl/worksheets/sheet1.xml": b"<worksheet " + space + b"><sheetData>" + rows + b"</sheetData></worksheet>"}


def read(content: bytes, file: str = "october.csv") -> PopulationReport:
    return read_population(file, content, COLUMNS, stratum_of)
