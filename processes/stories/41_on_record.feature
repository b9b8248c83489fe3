@manual-1
Feature: What is done is on record, and everybody can read the rules

  Background:
    Given the demonstration council

  @R-04
  Scenario: Whoever can sign in can read the policy in force
    Then Nia can read the policy in force
    And Mo can read the policy in force
    And Una can read the policy in force

  @I-01
  Scenario: Every change is on record with who made it, and the record is whole
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And Kim authorises the audit of CF-20931 with 1 remedial action on Wed 4 Nov 2026
    And Mo signs off all remedial actions of CF-20931 on Tue 8 Dec 2026
    And Mo authorises the audit form of CF-20931 on Tue 8 Dec 2026
    Then the log of the audit of CF-20931 tells of Kim
    And the log is whole

  @R-11
  Scenario: The policy lists the statutes that it rests on
    Then the policy in force refers to "Children Act 1989"
    And the policy in force refers to "Children Act 2004"
