@manual-7
Feature: A record that becomes restricted goes away from whoever is not cleared for it

  Background:
    Given the demonstration council
    And Uma, who is cleared for restricted records, joins the audit pool
    And case CF-20931 is assigned to Kim for audit on Wed 4 Nov 2026

  @I-16 @I-09 @M2
  Scenario: The audit goes to an auditor who is cleared, with a full 20 working days
    When the case extract shows CF-20931 restricted on Mon 16 Nov 2026
    Then Kim has no task for CF-20931
    And Asha is notified about CF-20931
    And Gail has the task "Reassign the audit" for CF-20931
    When case CF-20931 is reassigned to Uma for audit on Tue 17 Nov 2026
    Then Uma has the task "Audit the case record" for CF-20931 due Tue 15 Dec 2026

  @I-16 @M2
  Scenario: Nobody else who is not cleared may be given it
    When the case extract shows CF-20931 restricted on Mon 16 Nov 2026
    Then Zoe may not be assigned case CF-20931 for audit because "not cleared"

  @I-16 @M2 @R-98
  Scenario: A record that nobody may audit is withdrawn, and stands no longer against closing
    When the case extract shows CF-20931 restricted on Mon 16 Nov 2026
    And Mo asks to close case CF-20931 on Tue 17 Nov 2026
    Then closure of CF-20931 is refused because "audit"
    When the audit of CF-20931 is withdrawn on Wed 18 Nov 2026, because nobody may be given it
    Then the audit of CF-20931 is "withdrawn"
    And closure of CF-20931 is cleared on Wed 18 Nov 2026

  @I-16
  Scenario: An auditor who is cleared keeps the audit
    When case CF-20932 is assigned to Uma for audit on Wed 4 Nov 2026
    And the case extract shows CF-20932 restricted on Mon 16 Nov 2026
    Then Uma has the task "Audit the case record" for CF-20932 due Wed 2 Dec 2026

  @I-16 @I-14 @R-80
  Scenario: A concern about a restricted record waits for nobody's clearance
    When Kim raises a safeguarding concern about CF-20931 on Fri 13 Nov 2026 at 10:00
    And the case extract shows CF-20931 restricted on Mon 16 Nov 2026
    Then Asha has the task "Acknowledge the safeguarding concern" for CF-20931
