@manual-7
Feature: The population list, row by row, and cases that change before the audits begin

  Background:
    Given the demonstration council

  @R-36 @R-39
  Scenario Outline: The list is due on the 10th, or on the first working day after it
    When it is <tenth> at 09:00
    Then Hal has the task "Upload the case population list" due <due>

    Examples:
      | tenth           | due             |
      | Sat 10 Oct 2026 | Mon 12 Oct 2026 |
      | Tue 10 Nov 2026 | Tue 10 Nov 2026 |
      | Sun 10 Jan 2027 | Mon 11 Jan 2027 |

  @R-01 @R-38 @R-40 @I-15
  Scenario: Duplicates, aliases and rows of other systems
    When Hal uploads the population list on Mon 12 Oct 2026 with the rows
      | case_reference | service_area           | team               | social_worker | status | restricted |
      | CF-800001      | LAC                    | East Looked After  |               | open   | no         |
      | CF-800001      | CP&P/CIN               | North CIN          |               | open   | no         |
      | CF-800002      | DAT                    | Assessment Central |               | open   | no         |
      | CF-800003      | Locality Teams         | Locality Team 1    |               | open   | no         |
      | CF-800004      | Fostering and Adoption | Fostering          |               | open   | no         |
      | CF-800005      | Youth Justice          | Youth Justice      |               | open   | no         |
      | CF-800006      | CWD                    | Children with Disabilities |               | closed | no         |
    Then the population list keeps CF-800001 in service area "CP&P/CIN"
    And row 2 of the population list is listed as a duplicate
    And the population list keeps CF-800002 in service area "CFA"
    And row 5 of the population list is rejected
    And row 6 of the population list is rejected
    And row 7 of the population list is rejected
    And row 8 of the population list is rejected because "closed"

  @R-02
  Scenario: Of a list that says more than an audit needs, no more is kept
    When Hal uploads the population list on Mon 12 Oct 2026 with the rows
      | case_reference | service_area | team              | social_worker | status | restricted | child         |
      | CF-800001      | LAC          | East Looked After |               | open   | no         | Ivy Invented  |
      | CF-800002      | CP&P/CIN     | North CIN         |               | open   | no         | Otis Invented |
    Then the population list keeps CF-800001 in service area "LAC"
    And nothing is kept of the column "child" of the population list

  @R-39
  Scenario: The Administrator sends a list back, and the Analyst uploads another
    When Hal uploads the population list on Mon 12 Oct 2026 with
      | service area | cases |
      | LAC          | 20    |
    Then Gail has the task "Check and lock the population list"
    When Gail completes "Check and lock the population list" on Mon 12 Oct 2026 with
      | outcome | return |
    Then Hal has the task "Upload the case population list"

  @R-39
  Scenario: A list that is late is asked for
    When it is Tue 13 Oct 2026 at 12:00
    Then the task "Upload the case population list" is overdue

  @R-97
  Scenario: A drawn case that closes before the audits begin is replaced
    When a sample of 12 is drawn on Mon 12 Oct 2026 from
      | service area | cases |
      | LAC          | 40    |
      | CP&P/CIN     | 60    |
      | CFA          | 40    |
      | CWD          | 20    |
      | Next Step    | 20    |
    And a drawn case of service area "LAC" closes on Tue 13 Oct 2026
    And Gail releases the assignments on Wed 14 Oct 2026
    Then the closed case is replaced by another case of service area "LAC"
    And 12 audits are assigned, each due Wed 11 Nov 2026
    And drawing again from the draw certificate gives the same cases

  @I-16
  Scenario: Restricted cases go to cleared auditors or are replaced
    When Hal uploads the population list on Mon 12 Oct 2026 with the rows
      | case_reference | service_area | team             | social_worker | status | restricted |
      | CF-810001      | Next Step    | Next Step        |               | open   | yes        |
      | CF-810002      | Next Step    | Next Step        |               | open   | no         |
      | CF-810003      | Next Step    | Next Step        |               | open   | no         |
      | CF-810004      | CP&P/CIN     | North CIN        |               | open   | yes        |
      | CF-810005      | CP&P/CIN     | North CIN        |               | open   | no         |
    And Gail completes "Check and lock the population list" on Mon 12 Oct 2026
    And Gail completes "Confirm auditor capacity" on Mon 12 Oct 2026 with
      | pool auditors                            | 3 |
      | audits for each Quality Assurance Officer | 0 |
    Then restricted cases are audited by nobody who is not cleared
    And drawing again from the draw certificate gives the same cases
