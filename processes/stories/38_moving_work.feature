@manual-4
Feature: Running work keeps its policy unless an approved variation moves it

  Background:
    Given the demonstration council
    And case CF-20931 is assigned to Kim for audit on Thu 11 Feb 2027

  @I-02 @R-12 @M17
  Scenario: From its day a longer time is given to audits that are under way
    When Gail proposes a policy variation setting "audit" to 25 working days on Mon 15 Feb 2027
    And the Performance Management Meeting considers the policy variation on Wed 24 Feb 2027
    And Ian signs off the policy variation on Thu 25 Feb 2027, in force from Mon 1 Mar 2027, moving running work
    Then Kim has the task "Audit the case record" for CF-20931 due Thu 11 Mar 2027
    When it is Tue 2 Mar 2027 09:00
    Then Kim has the task "Audit the case record" for CF-20931 due Thu 18 Mar 2027

  @I-02 @R-15 @M17
  Scenario: Nobody loses time that was given
    When Gail proposes a policy variation setting "audit" to 15 working days on Mon 15 Feb 2027
    And the Performance Management Meeting considers the policy variation on Wed 24 Feb 2027
    And Ian signs off the policy variation on Thu 25 Feb 2027, in force from Mon 1 Mar 2027, moving running work
    And it is Tue 2 Mar 2027 09:00
    Then Kim has the task "Audit the case record" for CF-20931 due Thu 11 Mar 2027
    When Kim authorises the audit of CF-20931 with 0 remedial actions on Mon 8 Mar 2027
    Then Mo has the task "Acknowledge the audit" for CF-20931
