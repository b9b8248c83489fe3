@manual-7 @manual-8
Feature: The last minute, the first late one, and requests for more time

  Background:
    Given the demonstration council

  @R-51 @R-52
  Scenario: Done on the due day at 23:59 in summer time
    When case CF-20931 is assigned to Kim for audit on Mon 7 Jun 2027
    Then Kim has the task "Audit the case record" for CF-20931 due Mon 5 Jul 2027
    When it is Mon 5 Jul 2027 at 23:59
    Then the task "Audit the case record" for CF-20931 is not overdue
    When Kim authorises the audit of CF-20931 with 0 remedial actions on Mon 5 Jul 2027 at 23:59
    Then Kim is not counted as having missed an audit
    And the audit of CF-20931 is "with the Practice Manager"

  @R-51 @R-62
  Scenario: One minute later it is late, and can still be done
    When case CF-20931 is assigned to Kim for audit on Mon 7 Jun 2027
    And it is Tue 6 Jul 2027 at 00:00
    Then the task "Audit the case record" for CF-20931 is overdue
    When Kim authorises the audit of CF-20931 with 1 remedial action on Tue 6 Jul 2027 at 09:00
    Then Mo has the task "Complete the remedial actions" for CF-20931 due Tue 10 Aug 2027

  @R-62
  Scenario: A late audit between the provisional and the final edition
    When the October 2026 cycle closes provisionally on Wed 18 Nov 2026 with
      | service area | population | sampled | done | good or better |
      | LAC          | 60         | 8       | 8    | 4              |
      | CP&P/CIN     | 90         | 12      | 11   | 6              |
    Then the response rate is 95.0%
    When the October 2026 cycle closes finally with
      | service area | population | sampled | done | good or better |
      | LAC          | 60         | 8       | 8    | 4              |
      | CP&P/CIN     | 90         | 12      | 12   | 7              |
    Then the response rate is 100.0%

  @R-63 @R-64
  Scenario: A deferment that crosses Christmas
    When case CF-20931 is assigned to Kim for audit on Thu 26 Nov 2026
    Then Kim has the task "Audit the case record" for CF-20931 due Thu 24 Dec 2026
    When Kim asks to defer the audit of CF-20931 to start on Mon 21 Dec 2026, on Mon 30 Nov 2026
    And Asha grants the deferment of CF-20931 on Tue 1 Dec 2026
    Then Kim has the task "Audit the case record" for CF-20931 due Thu 21 Jan 2027

  @R-64
  Scenario: A council closure moves a deferred audit too
    When case CF-20931 is assigned to Kim for audit on Thu 26 Nov 2026
    And Kim asks to defer the audit of CF-20931 to start on Mon 21 Dec 2026, on Mon 30 Nov 2026
    And Asha grants the deferment of CF-20931 on Tue 1 Dec 2026
    And the council is closed from Tue 29 Dec 2026 to Thu 31 Dec 2026
    Then Kim has the task "Audit the case record" for CF-20931 due Tue 26 Jan 2027

  @R-63 @R-65
  Scenario: Nobody decided, so the audit is late all the same
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And Kim asks to defer the audit of CF-20931 to start on Mon 16 Nov 2026, on Mon 9 Nov 2026
    And it is Thu 12 Nov 2026 at 00:01
    Then the task "Audit the case record" for CF-20931 is overdue
    And Asha has the task "Decide on deferment or dispensation" for CF-20931

  @R-63
  Scenario: A refused deferment leaves the due date
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And Kim asks to defer the audit of CF-20931 to start on Mon 16 Nov 2026, on Mon 19 Oct 2026
    And Asha refuses the deferment of CF-20931 on Tue 20 Oct 2026
    Then Kim is notified about CF-20931
    And Kim has the task "Audit the case record" for CF-20931 due Wed 11 Nov 2026

  @R-65
  Scenario: In the absence of the Service Manager the Head of Safeguarding decides
    Given Asha is away from Mon 19 Oct 2026 to Fri 30 Oct 2026
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And Kim asks for dispensation from the audit of CF-20931 on Mon 19 Oct 2026
    Then Colin has the task "Decide on deferment or dispensation" for CF-20931
    And Kim may not take the task "Decide on deferment or dispensation" for CF-20931

  @R-64 @R-32
  Scenario: A request after the due date is accepted
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And Kim asks for dispensation from the audit of CF-20931 on Fri 13 Nov 2026
    And Asha grants the dispensation of CF-20931 on Mon 16 Nov 2026
    Then Gail has the task "Reassign the audit" for CF-20931
    And Kim has no task for CF-20931

  @R-53 @R-54 @I-13
  Scenario: A review returns the audit once, and the second time decides it
    When case CF-20931 is assigned to Lee for audit on Wed 14 Oct 2026, drawn for quality assurance
    And Lee authorises the audit of CF-20931 with 2 remedial actions on Wed 4 Nov 2026
    And the reviewer returns the audit of CF-20931 on Mon 9 Nov 2026
    Then Lee has the task "Amend the audit" for CF-20931
    And Mo has no task for CF-20931
    When Lee completes "Amend the audit" for CF-20931 on Wed 11 Nov 2026
    And the reviewer agrees the audit of CF-20931 on Thu 12 Nov 2026
    Then Mo is notified about CF-20931
    And nobody has the task "Review the audit" for CF-20931

  @R-55 @R-86
  Scenario: The audit goes to the team that the case is in at that moment
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And the case extract shows CF-20931 moved to team South CIN on Mon 2 Nov 2026
    And Kim authorises the audit of CF-20931 with 1 remedial action on Wed 4 Nov 2026
    Then Quin has the task "Complete the remedial actions" for CF-20931 due Wed 9 Dec 2026
    And Mo has no task for CF-20931

  @R-63 @M3
  Scenario: A request that nobody decided ends when the audit is authorised all the same
    When case CF-20931 is assigned to Kim for audit on Wed 4 Nov 2026
    And Kim asks to defer the audit of CF-20931 to start on Mon 7 Dec 2026, on Mon 9 Nov 2026
    Then Asha has the task "Decide on deferment or dispensation" for CF-20931
    When Kim authorises the audit of CF-20931 with 1 remedial action on Wed 11 Nov 2026
    Then nobody has the task "Decide on deferment or dispensation" for CF-20931
    And Mo has the task "Complete the remedial actions" for CF-20931
