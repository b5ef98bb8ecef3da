// Whether a page is HTML as the standard describes it, by html-validate, offline.
import assert from 'node:assert/strict';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';

// The standard's own rules and those of accessibility. A button without a type submits, as the standard
// says, and a name may stand on every element that may be named.
const loader = new StaticConfigLoader({
  root: true,
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: { 'no-implicit-button-type': 'off', 'aria-label-misuse': ['error', { allowAnyNamable: true }] },
});
const validator = new HtmlValidate(loader);

/** Fails with a readable list when the text of a page breaks a rule. */
export async function assertValid(html, what) {
  const { valid, results } = await validator.validateString(html);
  const faults = results.flatMap((result) => result.messages)
    .map((fault) => `  ${fault.line}:${fault.column} ${fault.ruleId}: ${fault.message}`);
  assert.ok(valid, `${what} is no valid HTML:\n${faults.join('\n')}`);
}
