@manual-10
Feature: Several things at once about one case

  Background:
    Given the demonstration council

  @R-101 @R-106 @R-87
  Scenario: Closure asked for during a disagreement
    When case CF-20931 is assigned to Kim for audit on Mon 14 Dec 2026
    And Kim authorises the audit of CF-20931 with 2 remedial actions on Wed 6 Jan 2027
    And Mo signs off remedial action 1 of CF-20931 on Mon 18 Jan 2027
    And Mo disputes the necessity of remedial action 2 of CF-20931 on Wed 20 Jan 2027
    And Mo asks to close case CF-20931 on Thu 21 Jan 2027
    Then closure of CF-20931 is refused because "remedial action"
    When Kim records that the disagreement about CF-20931 is not resolved on Fri 22 Jan 2027
    And Asha requests quality assurance of the disagreement about CF-20931 on Mon 25 Jan 2027
    And the reviewer completes "Review the disputed audit" for CF-20931 on Wed 27 Jan 2027
    And Asha records the final discussion of CF-20931 with action 2 withdrawn on Fri 29 Jan 2027
    And Mo authorises the audit form of CF-20931 on Fri 29 Jan 2027
    Then closure of CF-20931 is cleared on Fri 29 Jan 2027

  @R-107 @R-88
  Scenario: A disagreement that is settled stops no clock
    When case CF-20931 is assigned to Kim for audit on Mon 14 Dec 2026
    And Kim authorises the audit of CF-20931 with 1 remedial action on Wed 6 Jan 2027
    And Mo disputes the feasibility of remedial action 1 of CF-20931 on Wed 20 Jan 2027
    And Kim records that the disagreement about CF-20931 is resolved on Mon 25 Jan 2027
    Then Mo has the task "Complete the remedial actions" for CF-20931 due Wed 10 Feb 2027
    And remedial action 1 of CF-20931 is "open"
    When it is Thu 11 Feb 2027 at 00:01
    Then the task "Complete the remedial actions" for CF-20931 is overdue

  @R-86 @R-93
  Scenario: The case moves while a management decision waits, and the new manager's form waits for it
    When case CF-20931 is assigned to Kim for audit on Wed 4 Nov 2026
    And Kim authorises the audit of CF-20931 with 1 remedial action on Tue 24 Nov 2026
    And Mo asks for a management decision on remedial action 1 of CF-20931 with Observation "OBS-520" on Mon 30 Nov 2026
    And the case extract shows CF-20931 moved to team South CIN on Tue 1 Dec 2026
    Then Oz has the task "Decide the management decision" for CF-20931
    And Quin may not authorise the audit form of CF-20931 because "management decision"
    When Oz authorises the management decision of CF-20931 on Wed 2 Dec 2026
    And Quin authorises the audit form of CF-20931 with the comment "See OBS-520" on Thu 3 Dec 2026
    Then the audit of CF-20931 is "remediated"

  @R-98 @R-99
  Scenario: The audit stands against closing beside the other assessments, before it has begun
    When case CF-20931 is assigned to Kim for audit on Thu 12 Nov 2026
    And Mo asks to close case CF-20931 on Fri 13 Nov 2026
    Then closure of CF-20931 is refused because "audit"

  @R-98 @I-10
  Scenario: A certificate ends with a new audit
    When Mo asks to close case CF-20931 on Fri 6 Nov 2026
    Then closure of CF-20931 is cleared on Fri 6 Nov 2026
    When case CF-20931 is assigned to Kim for audit on Thu 12 Nov 2026
    And the case extract shows CF-20931 closed on Fri 13 Nov 2026
    Then Asha has the task "Look into the closure" for CF-20931

  @R-100 @R-101
  Scenario: A case that was cleared is closed without anybody being asked
    When Mo asks to close case CF-20931 on Fri 6 Nov 2026
    And the case extract shows CF-20931 closed on Mon 9 Nov 2026
    Then Asha has no task for CF-20931
    And Asha is not notified about CF-20931

  @I-16
  Scenario: A case becomes restricted while its audit is open
    When case CF-20931 is assigned to Kim for audit on Thu 12 Nov 2026
    And the case extract shows CF-20931 restricted on Mon 16 Nov 2026
    Then Zoe may not be assigned case CF-20931 for audit because "restricted"

  @R-89
  Scenario: Lateness is the Practice Manager's, and the Service Manager hears of it
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And Kim authorises the audit of CF-20931 with 1 remedial action on Wed 4 Nov 2026
    And Nia records work on remedial action 1 of CF-20931 on Mon 7 Dec 2026
    And it is Thu 10 Dec 2026 at 08:00
    Then the task "Complete the remedial actions" for CF-20931 is overdue
    And Oz is notified about CF-20931

  @R-96 @R-86
  Scenario: The case moves to a worker who is away
    Given Sam is away from Mon 23 Nov 2026 to Fri 8 Jan 2027
    When case CF-20931 is assigned to Kim for audit on Wed 4 Nov 2026
    And Kim authorises the audit of CF-20931 with 1 remedial action on Tue 24 Nov 2026
    And the case extract shows CF-20931 moved to team South CIN on Thu 26 Nov 2026
    And the case extract shows CF-20931 with social worker Sam on Thu 26 Nov 2026
    Then the work on remedial action 1 of CF-20931 is with Quin

  @R-93 @R-92
  Scenario: A refused decision may be asked for again once there is new information
    When case CF-20931 is assigned to Kim for audit on Wed 4 Nov 2026
    And Kim authorises the audit of CF-20931 with 1 remedial action on Tue 24 Nov 2026
    And Mo asks for a management decision on remedial action 1 of CF-20931 with Observation "OBS-530" on Mon 30 Nov 2026
    And Oz refuses the management decision of CF-20931 on Wed 2 Dec 2026
    And Mo asks for a management decision on remedial action 1 of CF-20931 with Observation "OBS-531" on Mon 7 Dec 2026
    And Oz authorises the management decision of CF-20931 on Tue 8 Dec 2026
    Then remedial action 1 of CF-20931 is "discharged by management decision"
    And Mo may not authorise the audit form of CF-20931 with the comment "See OBS-530" because "OBS-531"
