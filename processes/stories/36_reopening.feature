@manual-10
Feature: Reopened cases, whatever was left when they closed

  Background:
    Given the demonstration council

  @R-102
  Scenario: Nothing was left, and the Practice Manager says so
    When the case extract shows CF-20933 closed on Mon 9 Nov 2026
    And the case extract shows CF-20933 reopened on Mon 1 Mar 2027
    Then Mo has the task "Consider earlier remedial actions" for CF-20933 due Mon 8 Mar 2027
    When Mo completes "Consider earlier remedial actions" for CF-20933 on Tue 2 Mar 2027
    Then Mo has no task for CF-20933

  @R-105 @R-93 @R-104
  Scenario: The decision about an action that cannot be done is refused
    Given case CF-21040 was closed on Fri 12 Dec 2025 with 1 remedial actions open and its audit authorised
    When the case extract shows CF-21040 reopened on Tue 6 Apr 2027
    And Quin considers the earlier remedial actions of CF-21040 on Tue 6 Apr 2027 as
      | action | decision     |
      | 1      | not feasible |
    Then Oz has the task "Decide the management decision" for CF-21040
    When Oz refuses the management decision of CF-21040 on Thu 8 Apr 2027
    Then remedial action 1 of CF-21040 is "open"
    And Quin has the task "Complete the remedial actions" for CF-21040 due Wed 12 May 2027
    When Quin signs off remedial action 1 of CF-21040 on Tue 13 Apr 2027
    And Quin authorises the audit form of CF-21040 on Tue 13 Apr 2027
    Then remedial action 1 of CF-21040 is "completed"

  @R-103
  Scenario: An audit that was never finished is resumed
    When case CF-20931 is assigned to Kim for audit on Thu 12 Nov 2026
    And the case extract shows CF-20931 closed on Fri 13 Nov 2026
    And the case extract shows CF-20931 reopened on Mon 1 Feb 2027
    And Mo completes "Consider earlier remedial actions" for CF-20931 on Tue 2 Feb 2027
    Then Asha is notified about CF-20931
    When Asha completes "Decide about the unfinished audit" for CF-20931 on Wed 3 Feb 2027 with
      | unfinished_outcome | resume |
    Then Kim has the task "Audit the case record" for CF-20931

  @R-103
  Scenario: An audit that was never finished is closed with a reason
    When case CF-20931 is assigned to Kim for audit on Thu 12 Nov 2026
    And the case extract shows CF-20931 closed on Fri 13 Nov 2026
    And the case extract shows CF-20931 reopened on Mon 1 Feb 2027
    And Mo completes "Consider earlier remedial actions" for CF-20931 on Tue 2 Feb 2027
    And Asha completes "Decide about the unfinished audit" for CF-20931 on Wed 3 Feb 2027 with
      | unfinished_outcome | close |
    Then the audit of CF-20931 is "withdrawn"
    And Kim has no task for CF-20931

  @R-103 @R-64
  Scenario: An audit that was never finished is done anew by another auditor
    When case CF-20931 is assigned to Kim for audit on Thu 12 Nov 2026
    And the case extract shows CF-20931 closed on Fri 13 Nov 2026
    And the case extract shows CF-20931 reopened on Mon 1 Feb 2027
    And Mo completes "Consider earlier remedial actions" for CF-20931 on Tue 2 Feb 2027
    And Asha completes "Decide about the unfinished audit" for CF-20931 on Wed 3 Feb 2027 with
      | unfinished_outcome | new_audit |
    Then Kim has no task for CF-20931
    When case CF-20931 is reassigned to Zoe for audit on Thu 4 Feb 2027
    Then Zoe has the task "Audit the case record" for CF-20931 due Thu 4 Mar 2027

  @R-102 @I-09
  Scenario: A case reopened twice is considered twice
    When the case extract shows CF-20933 closed on Mon 9 Nov 2026
    And the case extract shows CF-20933 reopened on Mon 1 Mar 2027
    And Mo completes "Consider earlier remedial actions" for CF-20933 on Tue 2 Mar 2027
    And the case extract shows CF-20933 closed on Mon 3 May 2027
    And the case extract shows CF-20933 reopened on Tue 1 Jun 2027
    Then Mo has the task "Consider earlier remedial actions" for CF-20933 due Tue 8 Jun 2027
