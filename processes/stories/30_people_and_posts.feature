@manual-6
Feature: Who answers for the work, whoever comes and goes
  Section 6: one Service Manager, four Quality Assurance Officers and one Administrator; the audit pool audits with them.

  Background:
    Given the demonstration council

  @R-23
  Scenario: The Quality Assurance and Audit Team is complete
    Then the post "Service Manager, Quality Assurance" is held by Asha
    And the post "Quality Assurance Officer" is held by Bev, Dan, Eve and Finn
    And the post "Quality Assurance Team Administrator" is held by Gail

  @R-23 @I-06
  Scenario: With the Administrator's post vacant her work is with the Service Manager
    When Gail leaves the council on Fri 2 Oct 2026
    And it is Mon 12 Oct 2026 at 09:00
    And Hal uploads the population list on Mon 12 Oct 2026 with
      | service area | cases |
      | LAC          | 20    |
    Then Asha has the task "Check and lock the population list"

  @I-06 @R-86
  Scenario: The Practice Manager leaves with work open
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And Kim authorises the audit of CF-20931 with 2 remedial actions on Wed 4 Nov 2026
    And Mo signs off remedial action 1 of CF-20931 on Fri 6 Nov 2026
    And Mo leaves the council on Mon 9 Nov 2026
    Then Oz has the task "Complete the remedial actions" for CF-20931 due Wed 9 Dec 2026
    And Mo may not sign off remedial action 2 of CF-20931
    When Oz signs off remedial action 2 of CF-20931 on Tue 10 Nov 2026
    And Oz authorises the audit form of CF-20931 on Tue 10 Nov 2026
    Then the audit of CF-20931 is "remediated"

  @I-06 @R-93
  Scenario: The Service Manager leaves while a management decision waits
    When case CF-20931 is assigned to Kim for audit on Wed 4 Nov 2026
    And Kim authorises the audit of CF-20931 with 1 remedial action on Tue 24 Nov 2026
    And Mo asks for a management decision on remedial action 1 of CF-20931 with Observation "OBS-410" on Mon 30 Nov 2026
    And Oz leaves the council on Tue 1 Dec 2026
    Then Mo may not take the task "Decide the management decision" for CF-20931
    And Ros and Ravi each have the task "Decide the management decision" for CF-20931

  @R-25 @R-26
  Scenario: Only officers and members of the audit pool audit
    Then Nia may not be assigned case CF-40077 for audit because "audit pool"
    And Gail may not be assigned case CF-40077 for audit because "audit pool"
    When case CF-40077 is assigned to Dan for audit on Wed 14 Oct 2026
    And case CF-30510 is assigned to Oz for audit on Wed 14 Oct 2026
    Then Dan has the task "Audit the case record" for CF-40077
    And Oz has the task "Audit the case record" for CF-30510

  @R-66 @R-28
  Scenario: Whoever leaves the audit pool keeps the audit they hold and gets no other
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And Kim leaves the audit pool on Mon 19 Oct 2026
    Then Kim has the task "Audit the case record" for CF-20931 due Wed 11 Nov 2026
    And Kim may not be assigned case CF-30510 for audit because "audit pool"

  @R-24
  Scenario: An audit nobody finishes climbs to those who answer for the process
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And it is Wed 18 Nov 2026 at 12:00
    Then Asha is notified about CF-20931
    When it is Mon 22 Feb 2027 at 12:00
    Then the task "Audit the case record" for CF-20931 is overdue

  @R-27
  Scenario: A director is a member of the audit pool like everybody else
    When case CF-20931 is assigned to Ian for audit on Wed 14 Oct 2026
    Then Ian has the task "Audit the case record" for CF-20931 due Wed 11 Nov 2026

  @R-25 @I-16
  Scenario: Nobody audits a case they manage, nor one they are not cleared for
    Then Oz may not be assigned case CF-20931 for audit because "manage"
    And Pat may not be assigned case CF-20931 for audit because "manage"
    And Kim may not be assigned case CF-70001 for audit because "restricted"
