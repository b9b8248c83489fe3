@manual-1 @manual-6
Feature: The monthly report to the Performance Management Meeting

  Background:
    Given the demonstration council

  @R-09 @R-10 @R-28 @R-59 @R-62
  Scenario: The report gives weighted estimates with intervals, and what late audits leave open
    When the October 2026 cycle closes provisionally on Wed 18 Nov 2026 with
      | service area | population | sampled | done | good or better |
      | LAC          | 560        | 28      | 26   | 15             |
      | CP&P/CIN     | 900        | 44      | 39   | 21             |
      | CFA          | 640        | 31      | 24   | 10             |
      | CWD          | 210        | 10      | 10   | 8              |
      | Next Step    | 150        | 7       | 6    | 3              |
    Then the report "Monthly report to the Performance Management Meeting" of October 2026 says "An estimated 53.6% of 2,460 open cases are good or better."
    And the report "Monthly report to the Performance Management Meeting" of October 2026 says "the true share lies between 44.0% and 62.8%"
    And the report "Monthly report to the Performance Management Meeting" of October 2026 says "Missing audits: 15. Had all of them turned out badly the share would be 47.5%, had all turned out well 60.0%."
    And the report "Monthly report to the Performance Management Meeting" of October 2026 says "87.5% of the drawn cases were audited by the cut-off."
    And the report "Monthly report to the Performance Management Meeting" of October 2026 says "CWD: an estimated 80.0% are good or better."
    And the report "Monthly report to the Performance Management Meeting" of October 2026 says "Audits assigned: 120."
    And the report "Monthly report to the Performance Management Meeting" of October 2026 says "Done in time: 105 of 120."
    And the report "Report to the Safeguarding Improvement Board" of October 2026 says "An estimated 53.6% of 2,460 open cases are good or better."

  @R-14 @R-32
  Scenario: The draft exists five working days before the meeting, and is signed before it
    When it is Tue 1 Dec 2026 at 09:00
    Then Gail has the task "Set the date of the meeting" due Fri 4 Dec 2026
    When Gail completes "Set the date of the meeting" on Wed 2 Dec 2026 with
      | meeting_on      | 2026-12-22 |
      | chair           | ian        |
      | chair_is_deputy | no         |
    And it is Mon 14 Dec 2026 at 23:00
    Then no report "Monthly report to the Performance Management Meeting" is drawn up for Tue 22 Dec 2026
    When it is Tue 15 Dec 2026 at 09:00
    Then the report "Monthly report to the Performance Management Meeting" drawn up for Tue 22 Dec 2026 is a draft
    And Asha has the task "Sign the monthly report" due Mon 21 Dec 2026
    When Asha completes "Sign the monthly report" on Thu 17 Dec 2026 with
      | commentary     | Chronologies are improving. |
      | report_outcome | sign                        |
    Then the report "Monthly report to the Performance Management Meeting" drawn up for Tue 22 Dec 2026 is signed by Asha
    And the report "Monthly report to the Performance Management Meeting" drawn up for Tue 22 Dec 2026 says "Chronologies are improving."
    And Ian may read the report "Monthly report to the Performance Management Meeting"

  @R-32
  Scenario: While the Service Manager is absent the Head of Safeguarding signs
    When it is Tue 1 Dec 2026 at 09:00
    And Gail completes "Set the date of the meeting" with
      | meeting_on      | 2026-12-22 |
      | chair           | ian        |
      | chair_is_deputy | no         |
    And Asha is away from Mon 14 Dec 2026 to Thu 31 Dec 2026
    And it is Tue 15 Dec 2026 at 09:00
    Then Colin has the task "Sign the monthly report"

  @R-124
  Scenario: The number and nature of remedial actions are reported from the four-month reviews
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And Kim authorises the audit of CF-20931 with 3 remedial actions on Wed 4 Nov 2026
    And Mo signs off all remedial actions of CF-20931 on Tue 8 Dec 2026
    And Mo authorises the audit form of CF-20931 on Tue 8 Dec 2026
    And it is Thu 4 Mar 2027 at 09:00
    And the reviewer records the compliance of CF-20931 on Thu 4 Mar 2027 as
      | action | fulfilled | completed | authorised |
      | 1      | yes       | yes       | yes        |
      | 2      | no        | yes       | yes        |
      | 3      | yes       | yes       | yes        |
    Then the report "Compliance summary" of March 2027 says "Remedial actions reviewed: 3."
    And the report "Compliance summary" of March 2027 says "Signed off but not done: 1 of 3."
    And the report "Compliance summary" of March 2027 says "Signed off or confirmed although not done: 1 of 3."
    And the report "Compliance summary" of March 2027 says "66.7% of the actions that were due (3) were found done."
    And the report "Compliance summary" of February 2027 says "Remedial actions reviewed: 0."

  @I-04 @I-12
  Scenario: Reports are for their readers alone
    Then Asha may read the report "Monthly report to the Performance Management Meeting"
    And Nia may not read the report "Monthly report to the Performance Management Meeting" because "the report is for other readers"
    And Mo may not read the report "Report to the Safeguarding Improvement Board" because "the report is for other readers"
    And Una may read the report "Report to the Safeguarding Improvement Board"
    And the report "Monthly report to the Performance Management Meeting" of October 2026 says "Processes under way: 0."
