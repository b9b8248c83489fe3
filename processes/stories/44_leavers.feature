@manual-8 @I-06
Feature: Whoever leaves for good leaves nothing behind that nobody can finish
  Work of a post is with whoever holds it or stands in. What is one person's by name goes on as its diagram says: an audit
  goes to another auditor, with a full 20 working days, and nobody is counted as having missed it.

  Background:
    Given the demonstration council

  @R-28 @R-64 @M2
  Scenario: The audit of an auditor who has left goes to another auditor
    When case CF-20931 is assigned to Kim for audit on Wed 4 Nov 2026
    And Kim leaves the council on Mon 16 Nov 2026
    Then Kim has no task for CF-20931
    And Gail has the task "Reassign the audit" for CF-20931
    And Kim is not counted as having missed an audit
    When case CF-20931 is reassigned to Zoe for audit on Tue 17 Nov 2026
    Then Zoe has the task "Audit the case record" for CF-20931 due Tue 15 Dec 2026

  @R-100 @M2
  Scenario: The auditor had begun the form
    When case CF-20931 is assigned to Kim for audit on Wed 4 Nov 2026
    And Kim saves a first answer in the audit of CF-20931 on Fri 13 Nov 2026
    And Kim leaves the council on Mon 16 Nov 2026
    And Mo asks to close case CF-20931 on Mon 16 Nov 2026
    Then closure of CF-20931 is refused because "audit"
    And Gail has the task "Reassign the audit" for CF-20931
    And Kim may not be assigned case CF-20931 for audit

  @R-63 @M3
  Scenario: The auditor leaves while a deferment request is undecided
    When case CF-20931 is assigned to Kim for audit on Wed 4 Nov 2026
    And Kim asks to defer the audit of CF-20931 to start on Mon 7 Dec 2026, on Mon 9 Nov 2026
    Then Asha has the task "Decide on deferment or dispensation" for CF-20931
    When Kim leaves the council on Mon 16 Nov 2026
    Then nobody has the task "Decide on deferment or dispensation" for CF-20931
    And Gail has the task "Reassign the audit" for CF-20931

  @R-63 @I-16 @M3
  Scenario: A record that becomes restricted ends an undecided request as well
    When case CF-20931 is assigned to Kim for audit on Wed 4 Nov 2026
    And Kim asks to defer the audit of CF-20931 to start on Mon 7 Dec 2026, on Mon 9 Nov 2026
    And the case extract shows CF-20931 restricted on Mon 16 Nov 2026
    Then nobody has the task "Decide on deferment or dispensation" for CF-20931
    And Gail has the task "Reassign the audit" for CF-20931

  @R-51
  Scenario: The last day lies ahead, and Christmas between
    When case CF-20931 is assigned to Kim for audit on Tue 15 Dec 2026
    And Kim is to leave the council after Thu 24 Dec 2026, as recorded on Wed 16 Dec 2026
    And it is Thu 24 Dec 2026 at 23:59
    Then Kim has the task "Audit the case record" for CF-20931 due Fri 15 Jan 2027
    When it is Fri 25 Dec 2026 at 00:01
    Then Kim has no task for CF-20931
    And Gail has the task "Reassign the audit" for CF-20931
    When case CF-20931 is reassigned to Zoe for audit on Tue 29 Dec 2026
    Then Zoe has the task "Audit the case record" for CF-20931 due Wed 27 Jan 2027

  Scenario: Whoever stays after all keeps the audit
    When case CF-20931 is assigned to Kim for audit on Tue 15 Dec 2026
    And Kim is to leave the council after Thu 24 Dec 2026, as recorded on Wed 16 Dec 2026
    And Kim stays with the council after all, as recorded by Gail on Tue 22 Dec 2026
    And it is Mon 4 Jan 2027 at 09:00
    Then Kim has the task "Audit the case record" for CF-20931 due Fri 15 Jan 2027

  @I-16 @M2
  Scenario: The cleared auditor of a restricted record leaves
    Given Uma, who is cleared for restricted records, joins the audit pool
    When case CF-20931 is assigned to Uma for audit on Wed 4 Nov 2026
    And the case extract shows CF-20931 restricted on Mon 16 Nov 2026
    And Uma leaves the council on Tue 17 Nov 2026
    Then Gail has the task "Reassign the audit" for CF-20931
    And Zoe may not be assigned case CF-20931 for audit because "not cleared"
    When the audit of CF-20931 is withdrawn on Wed 18 Nov 2026, because nobody may be given it
    Then the audit of CF-20931 is "withdrawn"

  @R-53 @I-13 @M5
  Scenario: A returned audit whose auditor leaves is concluded by its reviewer
    When case CF-20931 is assigned to Lee for audit on Wed 14 Oct 2026, drawn for quality assurance
    And Lee authorises the audit of CF-20931 with 2 remedial actions on Wed 4 Nov 2026
    And the reviewer returns the audit of CF-20931 on Mon 9 Nov 2026
    And Lee leaves the council on Tue 10 Nov 2026
    Then nobody has the task "Amend the audit" for CF-20931
    When the reviewer agrees the audit of CF-20931 on Thu 12 Nov 2026
    Then Mo has the task "Complete the remedial actions" for CF-20931

  @R-53 @M5
  Scenario: An audit is returned to an auditor who left before
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026, drawn for quality assurance
    And Kim authorises the audit of CF-20931 with 2 remedial actions on Wed 4 Nov 2026
    And Kim leaves the council on Fri 6 Nov 2026
    And the reviewer returns the audit of CF-20931 on Mon 9 Nov 2026
    Then nobody has the task "Amend the audit" for CF-20931
    When the reviewer agrees the audit of CF-20931 on Thu 12 Nov 2026
    Then Mo has the task "Complete the remedial actions" for CF-20931

  @R-107 @R-109 @M10
  Scenario: A disagreement with an auditor who leaves is referred
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And Kim authorises the audit of CF-20931 with 2 remedial actions on Wed 4 Nov 2026
    And Mo disputes the necessity of remedial action 2 of CF-20931 on Mon 9 Nov 2026
    Then Kim has the task "Attempt to resolve the disagreement" for CF-20931
    When Kim leaves the council on Tue 10 Nov 2026
    Then Asha has the task "Decide the referred disagreement" for CF-20931
    And nobody has the task "Attempt to resolve the disagreement" for CF-20931

  @R-107 @R-109 @M10
  Scenario: A disagreement with an auditor who has left is referred at once
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And Kim authorises the audit of CF-20931 with 2 remedial actions on Wed 4 Nov 2026
    And Kim leaves the council on Tue 10 Nov 2026
    And Mo disputes the necessity of remedial action 2 of CF-20931 on Wed 11 Nov 2026
    Then Asha has the task "Decide the referred disagreement" for CF-20931

  @R-73 @M15
  Scenario: An officer leaves with a blind copy open
    When Asha starts a reliability exercise on case CF-20931 on Mon 2 Nov 2026
    And Finn leaves the council on Mon 9 Nov 2026
    Then Finn has no task for CF-20931
    And nobody has the task "Discuss the variations" for CF-20931
    When it is Tue 1 Dec 2026 at 09:00
    Then Asha has the task "Discuss the variations" for CF-20931
