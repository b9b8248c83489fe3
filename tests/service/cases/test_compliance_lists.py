"""Who is told of remedial actions four months on, and where the list of a team is (R-119 to R-122)."""

from engine.service.cases import compliance_lists

TEAM = "North CIN"


def test_why_one_may_not_see_a_list_is_told_beforehand(council):
    def reason(person):
        return council.ask(lambda question: compliance_lists.reason_against(question, person, TEAM))

    assert reason("mo") is None
    assert reason("quin")


def test_a_name_of_a_team_is_safe_in_an_address():
    assert compliance_lists.path_of("East / Looked After") == "/compliance-lists/East%20%2F%20Looked%20After"
