@manual-6
Feature: A step that failed is skipped by two people, and never past a gate

  Background:
    Given the demonstration council
    And case CF-20931 is assigned to Kim for audit on Mon 2 Nov 2026

  @R-24
  Scenario: A letter that cannot be written does not hold up the answer
    Given the step "Tell the auditor" of "Help with an audit" has a fault
    When Kim begins "Help with an audit" for CF-20931 on Tue 3 Nov 2026 with
      | What is it about? | grade |
    Then Bev may not complete "Answer the request for help" for CF-20931 because "kept as an incident"
    And the work for CF-20931 stops at "Tell the auditor"
    When Asha asks to skip the step that failed for CF-20931
    Then Gail is notified about CF-20931
    And Colin is notified about CF-20931
    And Mo is not notified about CF-20931
    And Asha may not agree to skip the step that failed for CF-20931 because "a second person decides"
    And Mo may not agree to skip the step that failed for CF-20931
    And one of Bev, Dan, Eve, Finn has the task "Answer the request for help" for CF-20931
    When Gail agrees to skip the step that failed for CF-20931 on Wed 4 Nov 2026
    Then nobody has the task "Answer the request for help" for CF-20931
    And Kim is not notified about CF-20931
    And Kim has the task "Audit the case record" for CF-20931 due Mon 30 Nov 2026

  @R-24
  Scenario: What a second person declines is done
    Given the step "Tell the auditor" of "Help with an audit" has a fault
    When Kim begins "Help with an audit" for CF-20931 on Tue 3 Nov 2026 with
      | What is it about? | grade |
    Then Bev may not complete "Answer the request for help" for CF-20931
    When Gail asks to skip the step that failed for CF-20931
    And Colin declines to skip the step that failed for CF-20931
    Then Asha may not agree to skip the step that failed for CF-20931 because "nobody asks any more"
    And one of Bev, Dan, Eve, Finn has the task "Answer the request for help" for CF-20931

  @R-81 @R-83
  Scenario: Whoever is to be told of a safeguarding concern is told
    Given the step "Tell that manager" of "Safeguarding concern" has a fault
    When Kim raises a safeguarding concern about CF-20931 on Tue 17 Nov 2026 at 10:05
    And Asha completes "Acknowledge the safeguarding concern" for CF-20931 on Tue 17 Nov 2026 at 10:15
    Then Asha may not complete "Record the discussion and decision" for CF-20931 because "kept as an incident"
    And Asha may not ask to skip the step that failed for CF-20931 because "it belongs to a hard gate of the manual"

  @R-54
  Scenario: No audit goes past the selection for quality assurance
    Given the step "Pass to the manager" of "Case audit" has a fault
    And case CF-30510 is assigned to Kim for audit on Mon 2 Nov 2026
    Then Kim may not complete "Audit the case record" for CF-30510 because "kept as an incident"
    And Asha may not ask to skip the step that failed for CF-30510 because "a record would be wrong without it"
