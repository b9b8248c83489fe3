"""A changed policy comes with the page on which a variation is proposed (manual section 4, I-03)."""

import pytest

from tests.factories.council import policy
from tests.factories.visitor import file
from tests.service.policy.test_archives import archive

TABLE = "processes/deadlines.dmn"
SHORTER = policy()[TABLE].replace(b"<text>20</text>", b"<text>15</text>", 1)
WHY = {"variation_title": "Fifteen working days for an audit", "variation_reason": "Children wait"}


@pytest.fixture
def proposal(visit):
    """The page on which Kim proposes to vary the policy."""
    return visit("kim").open("/start/policy_variation")


def uploaded(page, content, name="policy.zip"):
    return page.press("Upload and check the file", **WHY, variation_upload__file=file(name, content))


def test_a_changed_policy_is_checked_as_it_is_uploaded_and_goes_with_the_proposal(council, proposal):
    page = uploaded(proposal, archive({TABLE: SHORTER}))
    assert (page.status, "It changes processes/deadlines.dmn." in page.text) == (200, True)
    assert page.value("variation_title") == WHY["variation_title"]
    assert "is sent" in page.press("Send").text
    assert council.task("Consider the policy variation") is not None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no archive", "policy.zip cannot be read: it is no ZIP archive, or a damaged one."),
        (archive({TABLE: policy()[TABLE]}), "Change something: this is the policy in force"),
        (archive({TABLE: b"<definitions/>"}), TABLE),
    ],
)
def test_what_is_wrong_with_it_stands_beside_the_file_and_what_was_typed_stays(proposal, content, sentence):
    page = uploaded(proposal, content)
    assert (page.status, list(page.problems())) == (422, ["#variation_upload"])
    assert sentence in page.text
    assert page.value("variation_reason") == WHY["variation_reason"]


def test_pressing_the_button_without_a_file_says_so(proposal):
    page = proposal.press("Upload and check the file", **WHY)
    assert (page.status, list(page.problems())) == (422, ["#variation_upload"])
    assert page.value("variation_title") == WHY["variation_title"]


def test_a_proposal_without_a_policy_is_refused(proposal):
    assert proposal.press("Send", **WHY).status == 422
