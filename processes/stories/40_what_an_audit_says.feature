@manual-5 @manual-8 @manual-9
Feature: What an audit says, and how it is told

  Background:
    Given the demonstration council

  @R-78
  Scenario: Every grade says where in the record it is shown
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    Then Kim may not complete "Audit the case record" for CF-20931 with
      | assessment_grade_evidence | |

  @R-70
  Scenario: Every graded section tells merits and deficits
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    Then Kim may not complete "Audit the case record" for CF-20931 with
      | plan_merits | |
    And Kim may not complete "Audit the case record" for CF-20931 with
      | plan_deficits | |

  @R-68
  Scenario: “None” is no answer without a reason
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    Then Kim may not complete "Audit the case record" for CF-20931 with
      | visits_merits | None |
    And Kim may not complete "Audit the case record" for CF-20931 with
      | visits_deficits | none. |

  @R-58
  Scenario: Good practice is shared with consent
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    Then Kim may not complete "Audit the case record" for CF-20931 because "strengths may be shared" with
      | strengths_to_share | The chronology is a model |
      | consent_to_share   |                           |

  @R-03 @R-06
  Scenario Outline: The form asks about every aspect, and none may be passed over
    When case CF-20931 is assigned to Kim for audit on Wed 14 Oct 2026
    Then Kim may not complete "Audit the case record" for CF-20931 with
      | <grade> | |

    Examples:
      | grade                  |
      | record_basics_grade    |
      | chronology_grade       |
      | assessment_grade       |
      | voice_grade            |
      | family_grade           |
      | visits_grade           |
      | plan_grade             |
      | reviews_grade          |
      | working_together_grade |

  @R-46
  Scenario: An officer finds audits, reviews and requests for help in one list
    When case CF-20931 is assigned to Bev for audit on Wed 14 Oct 2026
    And case CF-30510 is assigned to Kim for audit on Wed 14 Oct 2026, drawn for quality assurance
    And Kim authorises the audit of CF-30510 with 0 remedial actions on Thu 15 Oct 2026
    Then Bev has the task "Audit the case record" for CF-20931
    And one of Bev, Dan, Eve and Finn has the task "Review the audit" for CF-30510

  @R-31 @R-75 @R-76
  Scenario: Agreement with quality assurance is in the report of the month
    When case CF-30510 is assigned to Kim for audit on Wed 14 Oct 2026, drawn for quality assurance
    And Kim authorises the audit of CF-30510 with 0 remedial actions on Thu 15 Oct 2026
    Then the report "Monthly report to the Performance Management Meeting" of October 2026 says "Audits of this month reviewed: 0."
    When the reviewer agrees the audit of CF-30510 on Mon 19 Oct 2026
    Then the report "Monthly report to the Performance Management Meeting" of October 2026 says "Audits of this month reviewed: 1."
    And the report "Monthly report to the Performance Management Meeting" of October 2026 says "Graded lower by quality assurance: 0 of 1."
