"""Where any text would do, people of the demonstration write something of their own."""

from engine.service.tasks.answering import SHORTEST
from webapp.demo import remarks
from webapp.demo.tables import rows


def told(question):
    return {row["remark"] for row in rows("remarks") if row["about"] == question}


def test_a_text_that_took_the_place_of_one_becomes_a_remark_about_its_question():
    answers = {"better": SHORTEST, "voice_grade": "good", "rows": [{"deficit": SHORTEST, "number": 1}]}
    found = remarks.varied(answers, "CF-20931")
    assert found["better"] in told("better")
    assert found["rows"][0]["deficit"] in told("deficit")
    assert (found["voice_grade"], found["rows"][0]["number"]) == ("good", 1)


def test_what_no_remark_is_about_gets_one_that_fits_everywhere():
    assert remarks.varied({"elsewhere": SHORTEST}, "CF-1")["elsewhere"] in told(remarks.ANYTHING)


def test_the_same_record_says_the_same_and_others_say_something_else():
    answers = {"overall_why": SHORTEST}
    said = [remarks.varied(answers, f"CF-{number}")["overall_why"] for number in range(20)]
    assert remarks.varied(answers, "CF-0")["overall_why"] == said[0]
    assert len(set(said)) > 1
