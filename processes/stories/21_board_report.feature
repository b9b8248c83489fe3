@manual-5 @manual-6
Feature: Reports to the Safeguarding Improvement Board while the Improvement Plan runs

  Background:
    Given the demonstration council

  @R-33
  Scenario: Outside the plan no report is prepared
    When Gail begins "Report to the Improvement Board" on Tue 1 Dec 2026 with
      | meeting_date | 2026-12-22 |
    And it is Tue 15 Dec 2026 at 09:00
    Then nobody has the task "Sign the board report"
    And no report "Report to the Safeguarding Improvement Board" is drawn up for Tue 22 Dec 2026

  @R-33
  Scenario: While the plan runs a report is prepared for each meeting of the Board
    Given the Safeguarding Improvement Plan runs from Fri 1 Jan 2027 to Fri 31 Dec 2027
    When Gail begins "Report to the Improvement Board" on Mon 1 Feb 2027 with
      | meeting_date | 2027-02-23 |
    And it is Tue 16 Feb 2027 at 09:00
    Then Asha has the task "Sign the board report" due Mon 22 Feb 2027
    And the report "Report to the Safeguarding Improvement Board" drawn up for Tue 23 Feb 2027 is a draft
    When Asha completes "Sign the board report" on Wed 17 Feb 2027 with
      | board_commentary | The plan is on course. |
    Then the report "Report to the Safeguarding Improvement Board" drawn up for Tue 23 Feb 2027 is signed by Asha
    And the report "Report to the Safeguarding Improvement Board" drawn up for Tue 23 Feb 2027 says "The plan is on course."

  @R-33
  Scenario: A meeting after the plan has ended has no report
    Given the Safeguarding Improvement Plan runs from Fri 1 Jan 2027 to Fri 31 Dec 2027
    When Gail begins "Report to the Improvement Board" on Mon 3 Jan 2028 with
      | meeting_date | 2028-01-25 |
    And it is Mon 24 Jan 2028 at 09:00
    Then nobody has the task "Sign the board report"
