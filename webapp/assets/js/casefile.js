import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { ServiceNavigation } from "govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";

import { keepDraft } from "./draft.js";
import { warnWhenIdle } from "./idle.js";
import { followAnswers } from "./reveal.js";
import { followKeys } from "./shortcuts.js";

const components = [
  Button,
  CharacterCount,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  ServiceNavigation,
  SkipLink,
];

for (const component of components) {
  createAll(component);
}
for (const form of document.querySelectorAll("form[data-questions]")) {
  followAnswers(form);
}
for (const form of document.querySelectorAll("form[data-draft]")) {
  keepDraft(form);
}
for (const dialog of document.querySelectorAll("dialog[data-idle]")) {
  warnWhenIdle(dialog);
}
if (document.body.dataset.shortcuts !== undefined) {
  followKeys(document.body);
}
