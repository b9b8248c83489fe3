@manual-5
Feature: The policy itself is looked at again

  Background:
    Given the demonstration council

  @R-18
  Scenario: A year after the last change the monthly report lists what is overdue for review, with its owner
    When it is Sun 1 Nov 2026 at 09:00
    Then the report "Monthly report to the Performance Management Meeting" of November 2026 says "Overdue for review: 0 of"
    When it is Mon 1 Nov 2027 at 09:00
    Then the report "Monthly report to the Performance Management Meeting" of November 2027 says "Overdue for review: 0 of"
    When it is Tue 2 Nov 2027 at 09:00
    Then the report "Monthly report to the Performance Management Meeting" of November 2027 says "Head of Safeguarding: 6 of"
    And the report "Monthly report to the Performance Management Meeting" of November 2027 says "2027-11-01"
    And the report "Monthly report to the Performance Management Meeting" of November 2027 says "How long each activity may take"
