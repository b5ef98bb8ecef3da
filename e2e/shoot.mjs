import { assertAccessible } from './lib/axe.mjs';
import { DESKTOP, launchBrowser, openVisit } from './lib/browser.mjs';
import { takeShots } from './lib/shots.mjs';
import { assertValid } from './lib/valid.mjs';
const browser = await launchBrowser();
const visit = await openVisit(browser, 'http://localhost:8123', { viewport: DESKTOP });
const page = visit.page;
await page.goto('/demo');
console.log(await page.getByRole('button').allInnerTexts());
await page.getByRole('button', { name: 'Open as Nadia Haddad' }).click();
await page.waitForLoadState();
console.log(page.url());
for (const language of (process.argv[2] ?? 'en,es').split(',')) {
  await page.goto('/team/me');
  await page.locator(`input[name=language][value=${language}]`).check();
  await page.locator('form[action$="/me/language"] button').click();
  await page.waitForLoadState();
  for (const board of ['/study', '/study/funnel', '/study/answers', '/study/answers?by=language', '/study/work']) {
    const answer = await page.goto(board);
    const name = `study-${board.replace(/[^a-z]+/g, '-').slice(1)}-${language}`;
    console.log(name, answer.status());
    try { await assertValid(await answer.text(), name); } catch (e) { console.log(e.message); }
    try { await assertAccessible(page, name); } catch (e) { console.log(e.message); }
    const over = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    await takeShots(page, name);
  }
}
await browser.close();
