@manual-11
Feature: A review of reviews finds out whether improvements have lasted

  Background:
    Given the demonstration council
    And case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And Kim authorises the audit of CF-20931 with 3 remedial actions on Wed 4 Nov 2026
    And Mo signs off all remedial actions of CF-20931 on Tue 8 Dec 2026
    And Mo authorises the audit form of CF-20931 on Tue 8 Dec 2026
    And it is Thu 4 Mar 2027 at 09:00
    And the reviewer records the compliance of CF-20931 on Thu 4 Mar 2027 as
      | action | fulfilled | completed | authorised |
      | 1      | yes       | yes       | yes        |
      | 2      | no        | yes       | yes        |
      | 3      | yes       | yes       | yes        |

  @R-125 @M14
  Scenario: Only actions fulfilled at least six months ago are drawn
    When Asha begins "Review of reviews" on Fri 3 Sep 2027 with
      | How many remedial actions are looked at? | 20 |
    Then nobody has the task "Review whether improvements have lasted"
    When Asha begins "Review of reviews" on Mon 6 Sep 2027 with
      | How many remedial actions are looked at? | 20 |
    Then Bev, Dan, Eve and Finn each have the task "Review whether improvements have lasted"
    And the review of reviews looks at 2 remedial actions
    And drawing the review of reviews again gives the same remedial actions

  @R-125 @M14
  Scenario: Each drawn action is looked at, none is left out, and the rate goes to the meeting
    When Asha begins "Review of reviews" on Mon 6 Sep 2027 with
      | How many remedial actions are looked at? | 20 |
    Then the review of reviews may not be recorded with a remedial action left out
    And Kim may not begin "Review of reviews"
    When the reviewers record for the review of reviews on Mon 20 Sep 2027
      | number | lasting       |
      | 1      | sustained     |
      | 2      | not sustained |
    Then 50% of the improvements that the review of reviews could tell have lasted
    And Asha has the task "Report the review of reviews"
    When Asha completes "Report the review of reviews" on Thu 23 Sep 2027
    Then nobody has the task "Report the review of reviews"
