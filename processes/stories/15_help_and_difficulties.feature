@manual-8 @manual-9
Feature: Auditors are helped, and whoever helps does not review

  Background:
    Given the demonstration council
    And case CF-20931 is assigned to Kim for audit on Mon 2 Nov 2026, drawn for quality assurance

  @R-77 @M19
  Scenario: The officer who helped is barred from the review of that audit
    When Kim begins "Help with an audit" for CF-20931 on Tue 3 Nov 2026 with
      | What is it about? | grade |
    Then one of Bev, Dan, Eve, Finn has the task "Answer the request for help" for CF-20931
    When Bev completes "Answer the request for help" for CF-20931 on Wed 4 Nov 2026
    Then Kim is notified about CF-20931
    And Kim has the task "Audit the case record" for CF-20931 due Mon 30 Nov 2026
    When Kim authorises the audit of CF-20931 with 1 remedial action on Mon 9 Nov 2026
    Then one of Dan, Eve, Finn has the task "Review the audit" for CF-20931
    And whoever helped with the audit of CF-20931 may not take the task "Review the audit" for CF-20931 because "you helped with this audit"

  @R-77
  Scenario: Being asked for help is no review
    When Kim begins "Help with an audit" for CF-20931 on Tue 3 Nov 2026
    And Kim authorises the audit of CF-20931 with 0 remedial actions on Mon 9 Nov 2026
    And the reviewer agrees the audit of CF-20931 on Tue 10 Nov 2026
    Then the audit of CF-20931 is "with the Practice Manager"

  @R-77
  Scenario: Only the auditor asks for help with an audit
    Then Zoe may not begin "Help with an audit" for CF-20931
    And Mo may not begin "Help with an audit" for CF-20931

  @R-67 @M19
  Scenario: A difficulty with an audit reaches the Service Manager and changes no date
    When Kim begins "Notice of a difficulty" for CF-20931 on Tue 3 Nov 2026 with
      | Is the difficulty there already? | anticipated |
    Then Asha is notified about CF-20931
    And Asha has the task "Acknowledge the difficulty" for CF-20931 due Tue 10 Nov 2026
    And Kim has the task "Audit the case record" for CF-20931 due Mon 30 Nov 2026
    When Asha completes "Acknowledge the difficulty" for CF-20931 on Thu 5 Nov 2026
    Then Kim is notified about CF-20931

  @R-66 @R-67 @M19
  Scenario: A difficulty is told before any audit is assigned
    When Zoe begins "Notice of a difficulty" on Tue 3 Nov 2026
    Then Asha has the task "Acknowledge the difficulty" due Tue 10 Nov 2026
    When Asha is away from Wed 4 Nov 2026 to Fri 20 Nov 2026
    And it is Wed 4 Nov 2026
    Then Colin has the task "Acknowledge the difficulty" due Tue 10 Nov 2026
