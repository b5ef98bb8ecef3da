// The analyst's boards: each is valid, breaks no rule of accessibility in either theme and fits a telephone, in
// both languages; pictures are left in artefacts.
import assert from 'node:assert/strict';
import test from 'node:test';
import { assertAccessible } from './lib/axe.mjs';
import { DESKTOP, PHONE, launchBrowser, openVisit } from './lib/browser.mjs';
import { signIn } from './lib/people.mjs';
import { startDemo } from './lib/server.mjs';
import { takeShots } from './lib/shots.mjs';
import { assertValid } from './lib/valid.mjs';

const BOARDS = ['/study', '/study/funnel', '/study/answers', '/study/answers?by=language', '/study/work'];

async function speak(page, language) {
  await page.goto('/team/me');
  await page.locator(`input[name=language][value=${language}]`).check();
  await page.locator('form[action$="/me/language"] button').click();
  await page.waitForLoadState();
}

async function look(page, board, language) {
  const answer = await page.goto(board);
  const name = `board${board.replace(/[^a-z]+/g, '-')}-${language}`;
  assert.equal(answer.status(), 200, name);
  await assertValid(await answer.text(), name);
  await page.setViewportSize(PHONE);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= PHONE.width, `${name} is ${width} wide`);
  await page.setViewportSize(DESKTOP);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await assertAccessible(page, `${name}, ${colorScheme}`);
  }
  await takeShots(page, name);
}

test('the analyst goes from board to board', async (t) => {
  const demo = await startDemo({ engine: 'sqlite', patients: 1500 });
  t.after(() => demo.stop());
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const visit = await openVisit(browser, demo.origin, { viewport: DESKTOP });
  await signIn(visit.page, demo.account('analyst'));
  for (const language of ['en', 'es']) {
    await speak(visit.page, language);
    for (const board of BOARDS) await look(visit.page, board, language);
  }
  await visit.close();
});
