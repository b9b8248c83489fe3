@manual-9 @manual-10 @manual-11
Feature: Reports of lists, draws, exercises, concerns and improvements

  Background:
    Given the demonstration council

  @R-71 @R-73 @R-74
  Scenario: The reliability report shows each item, and says that one case stands for no other
    When Asha starts a reliability exercise on case CF-30510 on Mon 1 Mar 2027
    And the officers submit the reliability exercise on CF-30510 on Wed 24 Mar 2027 as
      | item | Bev | Dan | Eve | Finn |
      | 1    | 3   | 3   | 3   | 2    |
      | 2    | 2   | 2   | 3   | 2    |
      | 3    | 3   | 3   | 3   | 3    |
      | 4    | 2   | 1   | 2   | 2    |
      | 5    | 3   | 2   | 3   | 3    |
      | 6    | 2   | 2   | 2   | 2    |
      | 7    | 4   | 3   | 3   | 3    |
      | 8    | 2   | 2   | 1   | 2    |
      | 9    | 3   | 3   | 2   |      |
      | 10   | 2   | 3   | 2   | 2    |
    Then the report "Reliability report" of March 2027 says "Answered alike: 2 of 10 items."
    And the report "Reliability report" of March 2027 says "Alpha is 0.53 over 10 items: too little to rely on, and to be discussed."
    And the report "Reliability report" of March 2027 says "AC2 is 0.86 over 10 items."
    And the report "Reliability report" of March 2027 says "Bev 3, Dan 3, Eve 3, Finn 2"
    And the report "Reliability report" of February 2027 says "No reliability exercise has been revealed yet."
    And Kim may not read the report "Reliability report" because "the report is for other readers"

  @R-80 @R-82 @R-84
  Scenario: The safeguarding log says how soon each step was taken, and who was told
    Given Mo is away from Mon 16 Nov 2026 to Fri 20 Nov 2026
    When case CF-20931 is assigned to Kim for audit on Mon 2 Nov 2026
    And Kim raises a safeguarding concern about CF-20931 on Tue 17 Nov 2026 at 10:05
    And Asha completes "Acknowledge the safeguarding concern" for CF-20931 on Tue 17 Nov 2026 at 10:15
    And Asha completes "Record the discussion and decision" for CF-20931 on Tue 17 Nov 2026 at 10:30
    And Asha completes "Raise the concern" for CF-20931 on Tue 17 Nov 2026 at 11:00
    Then the report "Safeguarding log" of November 2026 says "Safeguarding concerns raised: 1."
    And the report "Safeguarding log" of November 2026 says "Not acknowledged in time: 0 of 1."
    And the report "Safeguarding log" of November 2026 says "Oz"
    And Colin may read the report "Safeguarding log"
    And Ian may not read the report "Safeguarding log" because "the report is for other readers"

  @R-125
  Scenario: The review of reviews gives the rate of improvements that lasted
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
    And Asha begins "Review of reviews" on Mon 6 Sep 2027 with
      | How many remedial actions are looked at? | 20 |
    And the reviewers record for the review of reviews on Mon 20 Sep 2027
      | number | lasting       |
      | 1      | sustained     |
      | 2      | not sustained |
    Then the report "Review of reviews" of September 2027 says "Actions judged: 2 of 2."
    And the report "Review of reviews" of September 2027 says "Not sustained: 1 of 2."
    And the report "Review of reviews" of September 2027 says "An estimated 50.0% of improvements were sustained."
    And Oz may read the report "Review of reviews"

  @R-59 @R-71
  Scenario: An auditor's profile is for that auditor and the Service Manager
    When case CF-20931 is assigned to Kim for audit on Mon 2 Nov 2026
    And Kim authorises the audit of CF-20931 with 0 remedial actions on Mon 9 Nov 2026
    Then the report "Auditor profile" of November 2026 about Kim says "Audits graded: 1."
    And the report "Auditor profile" of November 2026 about Zoe says "Audits graded: 0."

  @R-119 @R-120 @R-121
  Scenario: The team's list shows each action with its three facts
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And Kim authorises the audit of CF-20931 with 2 remedial actions on Wed 4 Nov 2026
    And Mo signs off all remedial actions of CF-20931 on Tue 8 Dec 2026
    And Mo authorises the audit form of CF-20931 on Tue 8 Dec 2026
    And it is Thu 4 Mar 2027 at 09:00
    And the reviewer records the compliance of CF-20931 on Thu 4 Mar 2027 as
      | action | fulfilled | completed | authorised |
      | 1      | yes       | yes       | yes        |
      | 2      | no        | yes       | yes        |
    And the compliance list is distributed on Fri 5 Mar 2027
    Then the report "Four-month list of remedial actions" of March 2027 says "Actions on the lists: 2."
    And the report "Four-month list of remedial actions" of March 2027 says "signed off but not done"
    And the report "Four-month list of remedial actions" of March 2027 says "Still outstanding: 1 of 2."
