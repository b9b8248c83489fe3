@manual-5 @manual-8 @manual-10
Feature: What an audit must say before it can be authorised

  Background:
    Given the demonstration council
    And case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026

  @R-16
  Scenario: Completeness, quality and the need for remedial action are all answered
    Then Kim may not complete "Audit the case record" for CF-20931 because "grade" with
      | overall_grade | |
    And Kim may not complete "Audit the case record" for CF-20931 with
      | remedial_action_required | |

  @R-79
  Scenario: No remedial action means none listed
    Then Kim may not authorise the audit of CF-20931 saying remedial action is required but listing none

  @R-69
  Scenario: Every section that applies is needed
    Then Kim may not authorise the audit of CF-20931 with the section "Case facts" left blank

  @R-17
  Scenario: The social worker and the Practice Manager are told, and neither can stop the audit
    Then Nia is notified about CF-20931
    And Mo is notified about CF-20931
    And Nia has no task for CF-20931
    And Mo has no task for CF-20931

  @R-49 @R-50 @I-11
  Scenario: The auditor is told at the moment the task appears
    Then Kim has the task "Audit the case record" for CF-20931
    And Kim is notified about CF-20931

  @R-07 @R-57
  Scenario: The result reaches the manager and the social worker
    When Kim authorises the audit of CF-20931 with 1 remedial action on Wed 4 Nov 2026
    Then Mo is notified about CF-20931
    And Nia is notified about CF-20931

  @R-15 @R-47 @I-02
  Scenario: The audit keeps the policy it began with, whatever is signed off meanwhile
    When Gail proposes a policy variation setting "audit" to 15 working days on Thu 15 Oct 2026
    And the Performance Management Meeting considers the policy variation on Mon 19 Oct 2026
    And Ian signs off the policy variation on Tue 20 Oct 2026, in force from Wed 21 Oct 2026
    And it is Wed 21 Oct 2026 at 09:00
    Then Kim has the task "Audit the case record" for CF-20931 due Wed 11 Nov 2026

  @R-60
  Scenario Outline: A remedial action says what, why, by whom, and what will show that it is done
    Then Kim may not authorise the audit of CF-20931 with a remedial action that leaves "<question>" blank

    Examples:
      | question                         |
      | What must be done?               |
      | Which deficit does it put right? |
      | Who does it?                     |
      | What will show that it is done?  |
