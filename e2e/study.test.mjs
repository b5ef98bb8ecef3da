// The analyst's boards and the lead's: each is valid, breaks no rule of accessibility in either theme and fits a telephone, in
// both languages; pictures are left in artefacts.
import assert from 'node:assert/strict';
import test from 'node:test';
import { assertAccessible } from './lib/axe.mjs';
import { DESKTOP, PHONE, launchBrowser, openVisit } from './lib/browser.mjs';
import { signIn } from './lib/people.mjs';
import { startDemo } from './lib/server.mjs';
import { takeShots } from './lib/shots.mjs';
import { assertValid } from './lib/valid.mjs';

const BOARDS = ['/study', '/study/funnel', '/study/answers', '/study/answers?by=language', '/study/answers?by=warning', '/study/work'];

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

test('whoever leads a team has its board beside the inbox, and nobody else', async (t) => {
  const demo = await startDemo({ engine: 'sqlite', patients: 1500 });
  t.after(() => demo.stop());
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const lead = await openVisit(browser, demo.origin, { viewport: DESKTOP });
  await signIn(lead.page, demo.account('physician'));
  for (const language of ['en', 'es']) {
    await speak(lead.page, language);
    await lead.page.goto('/team');
    await lead.page.locator('.team-nav a[href="/team/board"]').click();
    await lead.page.locator('.figures').first().waitFor({ state: 'attached' });
    await look(lead.page, '/team/board', language);
  }
  await lead.close();
  const other = await openVisit(browser, demo.origin, { viewport: DESKTOP, expected: [/403/] });
  await signIn(other.page, demo.account('nurse'));
  assert.equal(await other.page.locator('a[href="/team/board"]').count(), 0);
  assert.equal((await other.page.goto('/team/board')).status(), 403);
  await other.close();
});
