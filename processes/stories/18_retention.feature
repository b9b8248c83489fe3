@manual-1
Feature: Records past their time are looked at by a person before anything happens to them

  Background:
    Given the demonstration council
    And case CF-20931 is assigned to Kim for audit on Mon 2 Nov 2026
    And case CF-30510 is assigned to Zoe for audit on Mon 2 Nov 2026
    And Kim authorises the audit of CF-20931 with 0 remedial actions on Mon 9 Nov 2026
    And Zoe authorises the audit of CF-30510 with 0 remedial actions on Mon 9 Nov 2026
    And Mo completes "Acknowledge the audit" for CF-20931 on Tue 10 Nov 2026
    And Lee completes "Acknowledge the audit" for CF-30510 on Tue 10 Nov 2026

  @R-05
  Scenario: Six years after the audit a person decides: erased, left out, or held for a legal reason for a year
    When it is Tue 2 Nov 2032 at 09:00
    Then the audit of CF-20931 is not listed for review
    When Asha decides about the records due for review on Tue 2 Nov 2032 as
      | records       | decision |
      | other records | keep     |
    And it is Wed 1 Dec 2032 at 09:00
    Then Asha has the task "Decide about records due for review" due Fri 31 Dec 2032
    And the audit of CF-20931 is listed for review as "audit answers"
    And the audit of CF-30510 is listed for review as "audit answers"
    And what was entered in the audit of CF-20931 is kept
    When Asha decides about the records due for review on Thu 2 Dec 2032, leaving out CF-30510, as
      | records       | decision |
      | audit answers | delete   |
    Then what was entered in the audit of CF-20931 is erased
    And what was entered in the audit of CF-30510 is kept
    And the event log holds
    When it is Mon 3 Jan 2033 at 09:00
    Then the audit of CF-30510 is listed for review as "audit answers"
    When Asha decides about the records due for review on Mon 3 Jan 2033 as
      | records       | decision |
      | audit answers | hold     |
    And it is Tue 1 Feb 2033 at 09:00
    Then the audit of CF-30510 is not listed for review
    When it is Wed 1 Feb 2034 at 09:00
    Then the audit of CF-30510 is listed for review as "held for a legal reason"
    And what was entered in the audit of CF-30510 is kept
