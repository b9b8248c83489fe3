@manual-7
Feature: Auditors are trained to access and complete the form

  Background:
    Given the demonstration council
    And the new member of the audit pool Nell is not trained
    And a sample of 25 is drawn on Mon 12 Oct 2026 from
      | service area | cases |
      | LAC          | 40    |
      | CP&P/CIN     | 60    |
      | CFA          | 40    |
      | CWD          | 20    |
      | Next Step    | 20    |

  @R-48
  Scenario: An auditor without training is pointed out at the release
    Then the release points out Nell as not trained
    And Gail may not release the assignments without a reason of the Service Manager
    When Gail completes "Release the assignments" on Wed 14 Oct 2026 with
      | outcome          | release                              |
      | untrained_reason | Nell is trained on Thursday, by Asha |
    Then 25 audits are assigned, each due Wed 11 Nov 2026

  @R-48
  Scenario: With a training record nobody is pointed out
    When Gail records on Tue 13 Oct 2026 that Nell was trained on Mon 12 Oct 2026
    Then the release points out nobody as not trained
    When Gail releases the assignments on Wed 14 Oct 2026
    Then 25 audits are assigned, each due Wed 11 Nov 2026
