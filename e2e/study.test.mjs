// The analyst's boards: each is looked at by axe and by html-validate, with a quarter chosen and groups
// compared, in both languages; pictures are left in artefacts.
import assert from 'node:assert/strict';
import test from 'node:test';
import { assertAccessible } from './lib/axe.mjs';
import { DESKTOP, launchBrowser, openVisit } from './lib/browser.mjs';
import { startDemo } from './lib/server.mjs';
import { takeShots } from './lib/shots.mjs';
import { assertValid } from './lib/valid.mjs';

const BOARDS = ['/study', '/study/funnel', '/study/answers', '/study/answers?by=language', '/study/work'];

test('the analyst goes from board to board', async (t) => {
  const demo = await startDemo({ patients: 4000 });
  t.after(() => demo.stop());
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const { page, faults } = await openVisit(browser, demo.url, { viewport: DESKTOP });
  await page.goto('/demo');
  await page.getByRole('button', { name: /^Open as .*Analyst/i }).click();
  for (const language of ['en', 'es']) {
    for (const board of BOARDS) {
      await page.goto(board);
      const name = `study-${board.replace(/[^a-z]+/g, '-').slice(1)}-${language}`;
      await assertAccessible(page, name);
      await assertValid(await page.content(), name);
      await takeShots(page, name);
    }
    await page.goto('/team/me');
  }
  assert.deepEqual(faults, []);
});
