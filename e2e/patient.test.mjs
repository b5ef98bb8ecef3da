// The patient's half of the tour: a new result is understood, asked about, answered and settled, and
// what the team does appears without a reload. In English on SQLite, in Spanish on PostgreSQL.
import assert from 'node:assert/strict';
import test from 'node:test';
import { DESKTOP, launchBrowser, openVisit } from './lib/browser.mjs';
import { signIn } from './lib/people.mjs';
import { startDemo } from './lib/server.mjs';

const QUESTION = 'I have used a salt substitute since spring. Does that matter?';
const ANSWER = 'Yes, it does. Please stop it, and come for a second test on Friday.';

const WORDS = {
  en: {
    news: /1 new test result/, little: 'A little above the usual range', ordered: /Ordered by Grace Okafor/,
    notYet: /Not yet reviewed by your care team here/, ask: 'Ask about this', send: 'Send',
    sent: /^Sent .+, waiting with /, due: /Answer expected by /, opened: /Opened by a nurse/,
    thanks: 'That answers it, thank you', said: /You said: that answers it/,
    looked: /Read your message and Potassium result/, seen: /Your care team opened this/,
  },
  es: {
    news: /1 resultado nuevo/, little: 'Un poco más alto de lo normal', ordered: /Pedido por Grace Okafor/,
    notYet: /todavía no lo ha revisado aquí/, ask: 'Preguntar sobre esto', send: 'Enviar',
    sent: /^Enviado .+, en espera con /, due: /antes de la/, opened: /enfermería|enfermera/,
    thanks: 'Sí, con eso basta, gracias', said: /Usted dijo: con eso basta/,
    looked: /Leyó su mensaje y el resultado/, seen: /Su equipo médico lo abrió/,
  },
};

async function setLanguage(page, person, language) {
  await page.goto(`/p/${person}/more`);
  await page.locator(`input[name=language][value=${language}]`).check();
  await page.locator('form[action$="/more/language"] button').click();
  await page.locator(`html[lang=${language}]`).waitFor();
}

async function understandsTheResult(page, person, words) {
  await page.goto(`/p/${person}/`);
  await page.getByRole('region', { name: words.news }).getByRole('link', { name: /Potas/ }).click();
  await page.getByText(words.little).first().waitFor();
  await page.getByText(words.ordered).waitFor();
  await page.getByText(words.notYet).waitFor();
  assert.equal(await page.locator('svg.plot circle').count(), 4, 'four values over time');
  return new URL(page.url()).pathname;
}

async function asks(page, words) {
  await page.getByRole('link', { name: words.ask }).click();
  await page.getByRole('textbox').fill(QUESTION);
  await page.getByRole('button', { name: words.send, exact: true }).click();
  await page.waitForURL(/\/messages\/[0-9a-f-]{36}/);
  const status = page.locator('.status-card');
  await status.getByText(words.sent).waitFor();
  await status.getByText(words.due).waitFor();
}

async function nurseOpens(page) {
  await page.goto('/team/inbox/to-do');
  await page.locator('[data-list=inbox] li').filter({ hasText: 'salt substitute' }).getByRole('link').click();
  await page.getByText(QUESTION).last().waitFor();
}

async function nurseAnswersAndCloses(page) {
  await page.locator('#body').fill(ANSWER);
  await page.getByRole('button', { name: 'Reply and close', exact: true }).click();
  await page.getByRole('status').filter({ hasText: 'closed' }).first().waitFor();
}

/** A page that was loaded anew would not know this any more. */
const mark = (page) => page.evaluate(() => { globalThis.isTheSamePage = true; });
const assertNotReloaded = async (page, what) =>
  assert.ok(await page.evaluate(() => globalThis.isTheSamePage), `${what} appears without a reload`);

async function settles(page, words) {
  await page.getByRole('button', { name: words.thanks }).click();
  await page.getByText(words.said).waitFor();
  assert.equal(await page.getByRole('button', { name: words.thanks }).count(), 0, 'it is said once');
}

async function seesWhoHasLooked(page, person, words) {
  await page.goto(`/p/${person}/looked`);
  const line = page.getByRole('listitem').filter({ hasText: 'Maya Chen' }).filter({ hasText: words.looked });
  await line.first().waitFor();
}

for (const [engine, language] of [['sqlite', 'en'], ['postgres', 'es']]) {
  test(`a patient follows her question to its answer, in ${language} on ${engine}`, async (t) => {
    const demo = await startDemo({ engine });
    const browser = await launchBrowser();
    t.after(async () => { await browser.close(); await demo.stop(); });
    const [rosa, maya, words] = [demo.account('patient', 'Rosa'), demo.account('nurse', 'Maya'), WORDS[language]];
    const phone = await openVisit(browser, demo.origin);
    const desk = await openVisit(browser, demo.origin, { viewport: DESKTOP });
    await signIn(phone.page, rosa);
    await signIn(desk.page, maya);
    await setLanguage(phone.page, rosa.person, language);

    const result = await understandsTheResult(phone.page, rosa.person, words);
    await asks(phone.page, words);
    await mark(phone.page);
    await nurseOpens(desk.page);
    await phone.page.locator('.status-card').getByText(words.opened).waitFor();
    await nurseAnswersAndCloses(desk.page);
    await phone.page.getByText(ANSWER).waitFor();
    await phone.page.getByRole('button', { name: words.thanks }).waitFor();
    await assertNotReloaded(phone.page, 'the answer');
    await settles(phone.page, words);
    await desk.page.goto('/team/inbox/to-do');
    const toDo = desk.page.locator('[data-list=inbox] li').filter({ hasText: 'salt substitute' });
    assert.equal(await toDo.count(), 0, 'thanks are no work');
    await seesWhoHasLooked(phone.page, rosa.person, words);
    await phone.page.goto(result);
    await phone.page.getByText(words.seen).waitFor();
    await phone.close();
    await desk.close();
  });
}
