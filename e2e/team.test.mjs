// The team at its desk: everything by keyboard, two colleagues on one conversation, a list that is not
// moved under the reader, the same without scripts, and the pages in Spanish.
import assert from 'node:assert/strict';
import test from 'node:test';
import { assertAccessible } from './lib/axe.mjs';
import { DESKTOP, launchBrowser, openVisit } from './lib/browser.mjs';
import { signIn } from './lib/people.mjs';
import { startDemo } from './lib/server.mjs';

const ROWS = '[data-list=inbox] > li';
const QUESTION = 'My ankles are swollen since Tuesday. Should I come in?';
const focused = (page, selector) => page.waitForFunction((css) => document.activeElement?.matches(css), selector);
const names = (page) => page.locator(`${ROWS} .mail-name`).allInnerTexts();
/** The keys are listened to: the sheet's button has appeared. */
const listening = (page) => page.locator('[data-open=keys]').waitFor();
const threadOf = (page) => new URL(page.url()).pathname.split('/').pop();

async function openFirst(page) {
  await listening(page);
  await page.keyboard.press('j');
  await focused(page, `${ROWS}:nth-child(1) a`);
  await page.keyboard.press('j');
  await focused(page, `${ROWS}:nth-child(2) a`);
  await page.keyboard.press('k');
  await focused(page, `${ROWS}:nth-child(1) a`);
  await page.keyboard.press('Enter');
  await page.locator('#body').waitFor();
  await listening(page);
}

async function keysDoNothingWhileTyping(page) {
  await page.keyboard.press('n');
  await focused(page, '#note');
  await page.keyboard.type('r e j ? / 1');
  assert.equal(await page.locator('#note').inputValue(), 'r e j ? / 1');
  assert.ok(await page.getByText('Internal: care team only').last().isVisible());
  await page.locator('#note').fill('');
  await page.keyboard.press('Escape');
  await page.keyboard.press('a');
  await focused(page, '#assign-to');
  await page.keyboard.press('Escape');
  await page.keyboard.press('e');
  await focused(page, '#close-reason');
  await page.keyboard.press('Escape');
}

async function helpListsTheKeys(page) {
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  await sheet.waitFor();
  for (const key of ['j', 'k', 'Enter', 'r', 'n', 'a', 'e', 'c', '/', '?']) {
    assert.ok(await sheet.locator('kbd', { hasText: new RegExp(`^[${key}]$|^${key === '?' ? '\\?' : key}$`) }).count() > 0, key);
  }
  await page.keyboard.press('e');
  await sheet.getByText('Single-key shortcuts').click();
  await sheet.getByRole('button', { name: 'Done' }).click();
  await page.keyboard.press('r');
  assert.ok(!await page.evaluate(() => document.activeElement.matches('#body')), 'keys can be turned off');
  await page.keyboard.press('?');
  await sheet.getByText('Single-key shortcuts').click();
  await page.keyboard.press('Escape');
}

/** A quick reply by its key, sent with Ctrl and Enter: the next conversation opens. */
async function replyByKeys(page) {
  const [first, second] = await page.locator(ROWS).evaluateAll((rows) => rows.map((row) => row.dataset.thread));
  assert.equal(threadOf(page), first);
  await page.keyboard.press('1');
  await focused(page, '#body');
  assert.match(await page.locator('#body').inputValue(), /^Thank you for your message/);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('status').filter({ hasText: 'Reply sent' }).waitFor();
  assert.equal(threadOf(page), second, 'the one below it opens');
  await listening(page);
}

async function copyByKey(page) {
  const name = await page.locator('.banner-name a').innerText();
  await page.keyboard.press('c');
  await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, new RegExp(`^Patient message, Riverbend Family Clinic\nPatient: ${name}`));
  assert.match(text, /Copied by Maya Chen, RN, /);
}

async function colleaguesSeeEachOther(maya, jonas) {
  const address = new URL(maya.url()).pathname;
  await jonas.goto(address);
  await maya.locator('[data-present]').filter({ hasText: 'Jonas Weber, RN has this open.' }).waitFor();
  await jonas.locator('[data-present]').filter({ hasText: 'Maya Chen, RN has this open.' }).waitFor();
  await jonas.goto('/team');
  await maya.locator('[data-present]').waitFor({ state: 'hidden' });
}

async function ask(page, patient) {
  await signIn(page, patient);
  await page.goto(`/p/${patient.person}/results`);
  const result = await page.locator(`main a[href^="/p/${patient.person}/results/"]`).first().getAttribute('href');
  await page.goto(`/p/${patient.person}/messages/new?about=${result.split('/').pop()}`);
  await page.getByRole('textbox').fill(QUESTION);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.waitForURL(/\/messages\/[0-9a-f-]{36}/);
}

/** What comes meanwhile is offered and moves nothing; a row that was focused keeps the focus. */
async function newRowsWait(page, phone, rosa) {
  await page.goto('/team');
  await listening(page);
  const before = await names(page);
  await page.keyboard.press('j');
  await ask(phone, rosa);
  await page.getByRole('status').filter({ hasText: /^1 new/ }).waitFor();
  assert.deepEqual(await names(page), before);
  await focused(page, `${ROWS}:nth-child(1) a`);
  assert.equal(await page.locator('[data-count=to-do]').innerText(), String(before.length + 1), 'the count is exact');
  await page.getByRole('button', { name: 'Show' }).click();
  const row = page.locator(ROWS).filter({ hasText: QUESTION });
  assert.match(await row.innerText(), /Rosa Delgado/);
  await focused(page, '.came a');
}

async function withoutScripts(page, maya) {
  await signIn(page, maya);
  await page.locator(`${ROWS} a`).first().click();
  await page.locator('#body').fill('Good morning.');
  await page.locator('.quick button').nth(1).click();
  assert.match(await page.locator('#body').inputValue(), /^Good morning\.\n\nYour result is fine/);
  assert.equal(await page.locator('[role=status] p').count(), 0, 'nothing was sent');
  await page.getByRole('link', { name: 'Copy as note' }).click();
  assert.match(await page.locator('#note-text').inputValue(), /^Patient message/);
  await page.getByRole('link', { name: 'Back to the conversation' }).click();
  await page.setViewportSize({ width: 960, height: 900 });
  const chart = page.getByRole('complementary', { name: 'Chart' });
  await chart.waitFor({ state: 'hidden' });
  await page.getByRole('link', { name: 'Chart', exact: true }).click();
  await chart.waitFor();
}

async function pagesInSpanish(page) {
  await page.goto('/team/me');
  await page.getByText('Español').click();
  await page.locator('main form button').first().click();
  await page.getByRole('status').filter({ hasText: 'guardado' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'es');
  await assertAccessible(page, 'account, es');
  for (const view of ['to-do', 'mine', 'waiting', 'overdue', 'closed']) {
    await page.goto(`/team/inbox/${view}`);
    await assertAccessible(page, `${view}, es`);
  }
  for (const [view, scheme] of [['to-do', 'light'], ['to-do', 'dark'], ['closed', 'light']]) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.goto(`/team/inbox/${view}`);
    await page.locator(`${ROWS} a`).first().click();
    await page.locator('.banner').waitFor();
    await assertAccessible(page, `conversation of ${view}, ${scheme}, es`);
  }
  await page.locator('[data-copy]').evaluate((link) => { location.href = link.href; });
  await page.locator('#note-text').waitFor();
  await assertAccessible(page, 'note, es');
  assert.match(await page.locator('#note-text').inputValue(), /^Mensaje del paciente/);
}

test('the team works at its desk', async (t) => {
  const demo = await startDemo({ engine: 'sqlite' });
  const browser = await launchBrowser();
  t.after(async () => { await browser.close(); await demo.stop(); });
  const [maya, jonas, rosa] =
    [demo.account('nurse', 'Maya'), demo.account('nurse', 'Jonas'), demo.account('patient', 'Rosa')];
  const desk = await openVisit(browser, demo.origin, { viewport: DESKTOP });
  await desk.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: demo.origin });
  await signIn(desk.page, maya);

  await t.test('at 960 by 900 twelve rows fit', async () => {
    await desk.page.setViewportSize({ width: 960, height: 900 });
    const row = await desk.page.locator(ROWS).first().boundingBox();
    assert.ok(Math.floor((900 - row.y) / row.height) >= 12, `${row.y} + 12 x ${row.height}`);
    await desk.page.setViewportSize(DESKTOP);
  });
  await t.test('by keyboard', async () => {
    await openFirst(desk.page);
    await keysDoNothingWhileTyping(desk.page);
    await helpListsTheKeys(desk.page);
    await replyByKeys(desk.page);
    await copyByKey(desk.page);
  });
  await t.test('two colleagues see each other', async () => {
    const other = await openVisit(browser, demo.origin, { viewport: DESKTOP });
    await signIn(other.page, jonas);
    await colleaguesSeeEachOther(desk.page, other.page);
    await other.close();
  });
  await t.test('a list in use is not moved', async () => {
    const phone = await openVisit(browser, demo.origin);
    await newRowsWait(desk.page, phone.page, rosa);
    await phone.close();
  });
  await t.test('without scripts', async () => {
    const plain = await openVisit(browser, demo.origin, { viewport: DESKTOP, javaScript: false });
    await withoutScripts(plain.page, maya);
    await plain.close();
  });
  await t.test('in Spanish', async () => {
    await pagesInSpanish(desk.page);
    await desk.close();
  });
});
