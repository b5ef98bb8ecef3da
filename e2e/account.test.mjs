// A reader's own account at both doors: where it is signed in, signing out there, and a new password; valid,
// without a broken rule of accessibility in either theme, within a telephone's width, and without scripts.
import assert from 'node:assert/strict';
import test from 'node:test';
import { assertAccessible } from './lib/axe.mjs';
import { DESKTOP, PHONE, launchBrowser, openVisit } from './lib/browser.mjs';
import { signIn } from './lib/people.mjs';
import { startDemo } from './lib/server.mjs';
import { takeShots } from './lib/shots.mjs';
import { assertValid } from './lib/valid.mjs';

const NEW = 'a heron in the reeds';

async function look(page, path, name) {
  const answer = await page.goto(path);
  await assertValid(await answer.text(), name);
  await page.setViewportSize(PHONE);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= PHONE.width, `${name} is ${width} wide`);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await assertAccessible(page, `${name}, ${colorScheme}`);
  }
  await takeShots(page, name);
}

async function story(browser, demo, { account, path, name }) {
  const open = (options) => openVisit(browser, demo.origin, { viewport: DESKTOP, expected: [/status of 422/], ...options });
  const [here, there, third] = [await open(), await open({ javaScript: false }), await open()];
  for (const visit of [here, there, third]) await signIn(visit.page, account);
  await look(here.page, path, name);
  const others = here.page.locator('button[type=submit], button:not([type])').filter({ hasText: 'Sign out there' });
  assert.equal(await others.count(), 2);
  await others.first().click();
  await here.page.getByRole('status').filter({ hasText: 'signed out there' }).waitFor();
  assert.equal(await others.count(), 1);

  // A wrong old password, then the right one.
  const left = await here.page.evaluate(() => document.querySelectorAll('.own-sessions li').length);
  assert.equal(left, 2);
  const change = async (old, next) => {
    await here.page.locator('#old-password').fill(old);
    await here.page.locator('#password').fill(next);
    await here.page.keyboard.press('Enter');
    await here.page.waitForLoadState();
  };
  await change('not my password', NEW);
  await here.page.locator('#problem-old_password').waitFor();
  assert.equal(await here.page.evaluate(() => document.activeElement.id), 'old-password');
  await change(account.password, NEW);
  await here.page.getByRole('status').filter({ hasText: 'Your password is changed' }).waitFor();
  for (const visit of [there, third]) {
    await visit.page.goto(path);
    assert.match(visit.page.url(), /sign-in/, 'signed out everywhere else');
  }
  await signIn(there.page, { ...account, password: NEW });
  await look(here.page, path, `${name}-after`);
  for (const visit of [here, there, third]) await visit.close();
}

test('a patient and a nurse see where they are signed in, sign out there, and change the password', async (t) => {
  const demo = await startDemo({ engine: 'sqlite', patients: 60 });
  t.after(() => demo.stop());
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const [rosa, maya] = [demo.account('patient', 'Rosa'), demo.account('nurse')];
  await story(browser, demo, { account: rosa, path: `/p/${rosa.person}/account`, name: 'account-patient' });
  await story(browser, demo, { account: maya, path: '/team/me/account', name: 'account-team' });
});
