@manual-10
Feature: A safeguarding concern takes the same way wherever it comes up

  Background:
    Given the demonstration council

  @R-80 @R-84 @R-86
  Scenario: Raised during quality assurance while the case changes team
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026, drawn for quality assurance
    And Kim authorises the audit of CF-20931 with 1 remedial action on Wed 4 Nov 2026
    And the reviewer raises a safeguarding concern about CF-20931 on Mon 9 Nov 2026 at 10:00
    And the case extract shows CF-20931 moved to team South CIN on Mon 9 Nov 2026 at 10:20
    Then Asha is notified about CF-20931 at Mon 9 Nov 2026 10:00
    When Asha completes "Acknowledge the safeguarding concern" for CF-20931 on Mon 9 Nov 2026 at 10:30
    And Asha completes "Record the discussion and decision" for CF-20931 on Mon 9 Nov 2026 at 11:00
    Then Quin is named to be told of the concern about CF-20931
    And one of Bev, Dan, Eve, Finn has the task "Review the audit" for CF-20931
    And Mo has no task for CF-20931

  @R-81
  Scenario: Both the Service Manager and the Head of Safeguarding are away
    Given Asha is away from Mon 9 Nov 2026 to Fri 13 Nov 2026
    And Colin is away from Mon 9 Nov 2026 to Fri 13 Nov 2026
    When case CF-20931 is assigned to Kim for audit on Mon 2 Nov 2026
    And Kim raises a safeguarding concern about CF-20931 on Tue 10 Nov 2026 at 14:00
    Then Ian is notified about CF-20931 at Tue 10 Nov 2026 14:00
    And Ian has the task "Acknowledge the safeguarding concern" for CF-20931

  @R-80 @R-81
  Scenario: Not acknowledged within the hour, the next in line is told as well
    When case CF-20931 is assigned to Kim for audit on Mon 2 Nov 2026
    And Kim raises a safeguarding concern about CF-20931 on Tue 10 Nov 2026 at 09:00
    Then Asha is notified about CF-20931 at Tue 10 Nov 2026 09:00
    And Colin is not notified about CF-20931
    When it is Tue 10 Nov 2026 at 10:01
    Then Colin is notified about CF-20931
    And Asha has the task "Acknowledge the safeguarding concern" for CF-20931

  @I-14
  Scenario: Raised after the audit is finished and its period closed
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And Kim authorises the audit of CF-20931 with 0 remedial actions on Wed 4 Nov 2026
    And Mo completes "Acknowledge the audit" for CF-20931 on Thu 5 Nov 2026
    Then the audit of CF-20931 is "closed"
    When Kim raises a safeguarding concern about CF-20931 on Mon 8 Feb 2027 at 11:15
    Then Asha is notified about CF-20931 at Mon 8 Feb 2027 11:15

  @I-14
  Scenario: Raised by an officer in the review after four months
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And Kim authorises the audit of CF-20931 with 1 remedial action on Wed 4 Nov 2026
    And it is Thu 4 Mar 2027 at 09:00
    And Bev raises a safeguarding concern about CF-20931 on Thu 4 Mar 2027 at 10:00
    Then Asha is notified about CF-20931 at Thu 4 Mar 2027 10:00
    And one of Bev, Dan, Eve, Finn has the task "Review the remedial actions" for CF-20931

  @R-80
  Scenario: Somebody who has nothing to do with the audit uses the statutory procedure instead
    When case CF-20931 is assigned to Kim for audit on Mon 2 Nov 2026
    Then Zoe may not begin "Safeguarding concern" for CF-20931

  @R-82 @R-83
  Scenario: Nobody closes a concern that was not raised with a manager
    When case CF-20931 is assigned to Kim for audit on Mon 2 Nov 2026
    And Kim raises a safeguarding concern about CF-20931 on Tue 17 Nov 2026 at 10:05
    And Asha completes "Acknowledge the safeguarding concern" for CF-20931 on Tue 17 Nov 2026 at 10:15
    And Asha completes "Record the discussion and decision" for CF-20931 on Tue 17 Nov 2026 at 10:30
    Then nobody has the task "Record the response and close the concern" for CF-20931
    And Asha has the task "Raise the concern" for CF-20931
