@manual-6
Feature: What an audit shows about practice reaches those who can improve it

  Background:
    Given the demonstration council
    And case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And Kim authorises the audit of CF-20931 with 1 remedial action on Fri 30 Oct 2026

  @R-08 @R-34 @M18
  Scenario: A matter of one case goes to its Practice Manager, who confirms having read it
    When Kim begins "Recommendation for practice" for CF-20931 on Mon 2 Nov 2026 with
      | What is it about?       | case                           |
      | What do you recommend?  | Record the child's own words   |
    Then Mo is notified about CF-20931
    And Mo has the task "Respond to the recommendation" for CF-20931 due Mon 16 Nov 2026
    And nobody has the task "Put the recommendation to the meeting"
    And the recommendation from the audit of CF-20931 is "made"
    When Mo completes "Respond to the recommendation" for CF-20931 on Thu 5 Nov 2026 with
      | What follows from it? | accepted |
    Then the recommendation from the audit of CF-20931 is "closed"
    And Kim is notified about CF-20931

  @R-35 @M18
  Scenario: A matter of policy goes to the Service Managers and the next meeting
    When Asha begins "Recommendation for practice" for CF-20931 on Mon 2 Nov 2026 with
      | What is it about? | policy |
    Then Oz is notified about CF-20931
    And Ros is notified about CF-20931
    And Ravi is notified about CF-20931
    And Gail has the task "Put the recommendation to the meeting" for CF-20931 due Mon 7 Dec 2026
    And nobody has the task "Respond to the recommendation"
    When Gail completes "Put the recommendation to the meeting" for CF-20931 on Thu 26 Nov 2026 with
      | What did the meeting say? | not_accepted |
    Then the recommendation from the audit of CF-20931 is "closed"
    And Asha is notified about CF-20931

  @R-08
  Scenario: Only who audits recommends
    Then Nia may not begin "Recommendation for practice" for CF-20931
    And Zoe may not begin "Recommendation for practice" for CF-20931
