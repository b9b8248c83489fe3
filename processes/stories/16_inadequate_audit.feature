@audit-form
Feature: An audit graded Inadequate is taken up with the managers, and the case is audited again

  Background:
    Given the demonstration council
    And case CF-20931 is assigned to Kim for audit on Mon 2 Nov 2026

  @R-10 @R-16
  Scenario: The managers speak about it within a working day, and a recovery plan follows
    When Kim completes "Audit the case record" for CF-20931 on Fri 6 Nov 2026 with
      | overall_grade | inadequate |
    Then Asha is notified about CF-20931
    And Mo is notified about CF-20931
    And Oz is notified about CF-20931
    And Asha has the task "Hold the conversation about the audit" for CF-20931 due Mon 9 Nov 2026
    When Asha completes "Hold the conversation about the audit" for CF-20931 on Mon 9 Nov 2026 with
      | Who took part? | The Practice Manager,The Service Manager |
    Then Mo has the task "Write the recovery plan" for CF-20931 due Mon 16 Nov 2026

  @R-10
  Scenario: The conversation is held with both managers
    When Kim completes "Audit the case record" for CF-20931 on Fri 6 Nov 2026 with
      | overall_grade | inadequate |
    Then Asha may not complete "Hold the conversation about the audit" for CF-20931 because "with the Practice Manager and the Service Manager" with
      | Who took part? | The Practice Manager |

  @R-25
  Scenario: The case is audited again by somebody else after six weeks and after three months
    When Kim completes "Audit the case record" for CF-20931 on Fri 6 Nov 2026 with
      | overall_grade | inadequate |
    And Asha completes "Hold the conversation about the audit" for CF-20931 on Mon 9 Nov 2026 with
      | Who took part? | The Practice Manager,The Service Manager |
    And Mo completes "Write the recovery plan" for CF-20931 on Fri 13 Nov 2026
    And it is Mon 21 Dec 2026
    Then Gail has the task "Assign the first re-audit" for CF-20931
    And Gail may not complete "Assign the first re-audit" for CF-20931 because "the auditor audited this case 1 months ago" with
      | still_needed | yes |
      | re_auditor   | kim |
    When Gail completes "Assign the first re-audit" for CF-20931 on Mon 21 Dec 2026 with
      | still_needed | yes |
      | re_auditor   | zoe |
    Then Zoe has the task "Audit the case record" for CF-20931 due Thu 21 Jan 2027
    When Zoe completes "Audit the case record" for CF-20931 on Fri 8 Jan 2027 with
      | overall_grade | good |
    And it is Mon 8 Feb 2027
    Then Gail has the task "Assign the second re-audit" for CF-20931 due Mon 15 Feb 2027
    When Gail completes "Assign the second re-audit" for CF-20931 on Tue 9 Feb 2027 with
      | still_needed | no |
    Then nobody has the task "Audit the case record" for CF-20931

  @R-16
  Scenario: Any other grade begins no recovery
    When Kim completes "Audit the case record" for CF-20931 on Fri 6 Nov 2026 with
      | overall_grade | requires_improvement |
    Then nobody has the task "Hold the conversation about the audit"

  @R-10 @M5
  Scenario: An audit that is graded Inadequate only after its review is taken up as well
    When case CF-30510 is assigned to Zoe for audit on Mon 2 Nov 2026, drawn for quality assurance
    And Zoe completes "Audit the case record" for CF-30510 on Fri 6 Nov 2026 with
      | overall_grade | good |
    Then nobody has the task "Hold the conversation about the audit"
    When the reviewer returns the audit of CF-30510 on Tue 10 Nov 2026
    And Zoe completes "Amend the audit" for CF-30510 on Thu 12 Nov 2026 with
      | overall_grade | inadequate |
    Then Asha has the task "Hold the conversation about the audit" for CF-30510 due Fri 13 Nov 2026
    And Lee is notified about CF-30510
