@manual-9 @manual-11
Feature: Reviews after four months and exercises that come round again

  Background:
    Given the demonstration council

  @R-112 @R-113 @R-114
  Scenario: The review comes whatever has become of the case meanwhile
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And Kim authorises the audit of CF-20931 with 1 remedial action on Wed 4 Nov 2026
    And the case extract shows CF-20931 moved to team South CIN on Fri 20 Nov 2026
    And it is Thu 4 Mar 2027 at 09:00
    And the reviewer records the compliance of CF-20931 on Thu 4 Mar 2027 as
      | action | fulfilled | completed | authorised |
      | 1      | no        | no        | no         |
    And the compliance list is distributed on Fri 5 Mar 2027
    Then Quin's compliance list shows action 1 of CF-20931 as "neither done nor signed off"
    And Mo cannot see the compliance list of South CIN
    And Quin has the task "Clear outstanding remedial actions" for CF-20931

  @R-118
  Scenario: Done but not signed off is outstanding too
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    And Kim authorises the audit of CF-20931 with 1 remedial action on Wed 4 Nov 2026
    And it is Thu 4 Mar 2027 at 09:00
    And the reviewer records the compliance of CF-20931 on Thu 4 Mar 2027 as
      | action | fulfilled | completed | authorised |
      | 1      | yes       | no        | no         |
    And the compliance list is distributed on Fri 5 Mar 2027
    Then Mo's compliance list shows action 1 of CF-20931 as "done but not signed off"

  @R-72
  Scenario: After an exercise the next one is announced
    When Asha starts a reliability exercise on case CF-30510 on Mon 1 Mar 2027
    And the officers submit the reliability exercise on CF-30510 on Wed 24 Mar 2027 as
      | item | Bev | Dan | Eve | Finn |
      | 1    | 3   | 3   | 3   | 3    |
      | 2    | 3   | 3   | 3   | 3    |
      | 3    | 3   | 3   | 3   | 3    |
      | 4    | 3   | 3   | 3   | 3    |
      | 5    | 3   | 3   | 3   | 3    |
      | 6    | 3   | 3   | 3   | 3    |
      | 7    | 3   | 3   | 3   | 3    |
      | 8    | 3   | 3   | 3   | 3    |
      | 9    | 3   | 3   | 3   | 3    |
      | 10   | 3   | 3   | 3   | 3    |
    Then 10 of 10 items of the reliability exercise on CF-30510 are unanimous
    When Asha completes "Discuss the variations" for CF-30510 on Mon 29 Mar 2027
    And it is Thu 1 Jul 2027 at 09:00
    Then Asha is notified about CF-30510

  @R-73
  Scenario: An officer who does not submit is named, and the others go on
    When Asha starts a reliability exercise on case CF-30510 on Mon 1 Mar 2027
    Then Bev, Dan, Eve and Finn each have the task "Audit the shared case record" for CF-30510
    When it is Thu 1 Apr 2027 at 00:01
    Then nobody has the task "Audit the shared case record" for CF-30510

  @R-22
  Scenario: A thematic audit uses up nobody's audit of the month
    When Asha starts a thematic audit "Looked after children" on Mon 11 Jan 2027 of cases in service area "LAC"
    Then every open case in service area "LAC" is in the thematic audit
    And no member of the audit pool has used their monthly audit
