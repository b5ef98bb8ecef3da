// WCAG 2.2 A and AA by axe-core. Its source is evaluated through the debugger, which a page's
// Content-Security-Policy does not govern, so the page under test keeps its strict policy. Visits
// without JavaScript cannot be checked: axe waits for timers, which never fire there.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const TIMEOUT_MS = 60_000;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Fails with a readable list when the page as it stands breaks a rule. */
export async function assertAccessible(page, what) {
  // No trailing value: axe's own export object is not serialisable.
  await page.evaluate(`${source};void 0`);
  const run = page.evaluate(
    (tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }),
    TAGS,
  );
  const { violations } = await within(TIMEOUT_MS, run, `axe did not answer for ${what} (${page.url()})`);
  assert.equal(violations.length, 0, `${what} (${page.url()}) breaks accessibility rules:\n${describe(violations)}`);
}

function within(timeoutMs, work, message) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(message)), timeoutMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function describe(violations) {
  return violations.map((violation) => {
    const places = violation.nodes.map((node) => {
      const reasons = [...node.any, ...node.all, ...node.none].map((check) => check.message);
      return `    ${node.target.join(' ')}\n      ${node.html}\n      ${reasons.join('; ')}`;
    });
    return `  ${violation.id} (${violation.impact}): ${violation.help}\n${places.join('\n')}`;
  }).join('\n');
}
