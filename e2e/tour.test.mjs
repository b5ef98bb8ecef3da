// The tour of the README and of /demo as one story: Rosa at a telephone and Maya at her desk, side by
// side in one browser, on each database; the patient's part in Spanish besides. With
// SAMECHART_PICTURES=1 the README's pictures are taken on the way.
import assert from 'node:assert/strict';
import test from 'node:test';
import { assertAccessible } from './lib/axe.mjs';
import { DESKTOP, PHONE, launchBrowser, openVisit } from './lib/browser.mjs';
import { placesOf, storedBytes } from './lib/bytes.mjs';
import { takePicture } from './lib/pictures.mjs';
import { ENGINES, startDemo } from './lib/server.mjs';

const QUESTION = 'I have used a salt substitute since spring. Can that be why it is up?';
const NOTE = 'For Dr. Okafor: up since spring, on lisinopril. Repeat on Friday?';
const ANSWER = 'It can. Please leave the salt substitute out, and come for a second blood test on Friday.';
const SEALED = ['salt substitute', 'up since spring', 'second blood test'];
/** What a browser says of streams that a killed server has left. */
const LEFT = [/net::ERR_(INCOMPLETE_CHUNKED_ENCODING|CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE) .*\/updates\)$/];
const ROWS = '[data-list=inbox] > li';

const PATIENT_WORDS = {
  en: {
    hello: 'Hello, Rosa', results: '1 new test result', answers: '1 answer from your care team',
    little: 'A little above the usual range', range: 'Usual range: 3.5', ordered: 'Ordered by Grace Okafor, MD.',
    notYet: 'Not yet reviewed by your care team here.', ask: 'Ask about this', send: 'Send',
    sent: /^Sent \d+:\d\d\s[AP]M, waiting with Riverbend Nurses\. Answer expected by \d+:\d\d\s[AP]M/,
    opened: /^Opened by a nurse \d+:\d\d\s[AP]M\./,
    closed: /^Closed \d+:\d\d\s[AP]M by Maya Chen, RN: Your question was answered/,
    thanks: 'That answers it, thank you', said: 'You said: that answers it, thank you.',
    worse: 'If this gets worse, do not wait for our answer here: call us, or call 911 in an emergency.',
    more: 'More', looked: /Who has looked/,
    line: /Maya Chen, RN, nurse \d+:\d\d\s[AP]M Read your message and Potassium result/,
    seen: /Your care team opened this \d+:\d\d\s[AP]M\./,
  },
  es: {
    hello: 'Hola, Rosa', results: '1 resultado nuevo', answers: '1 respuesta de su equipo médico',
    little: 'Un poco más alto de lo normal', range: '3.5', ordered: 'Pedido por Grace Okafor, MD.',
    notYet: 'Su equipo médico todavía no lo ha revisado aquí.', ask: 'Preguntar sobre esto', send: 'Enviar',
    sent: /^Enviado .+, en espera de .+\. Esperamos contestarle antes de /,
    opened: /^Alguien de enfermería lo abrió /,
    closed: /^Maya Chen, RN lo cerró .+: /,
    thanks: 'Sí, con eso basta, gracias', said: 'Usted dijo: con eso basta, gracias.',
    worse: 'Si esto empeora, no espere nuestra respuesta aquí: llámenos, o llame al 911 en una emergencia.',
    more: 'Más', looked: /Quién lo ha visto/,
    line: /Maya Chen, RN, enfermería .+ Leyó su mensaje y el resultado: Potasio/,
    seen: /Su equipo médico lo abrió /,
  },
};

/** One click on a card of /demo, without a password; `who` has a tab and a window of their own. */
async function enter(context, who, viewport) {
  const page = await context.newPage();
  await page.setViewportSize(viewport);
  await page.goto('/demo');
  await page.getByRole('button', { name: `Open as ${who}` }).click();
  return page;
}

async function readsTheDoors(page) {
  await page.goto('/demo');
  await page.getByText(/24 conversations wait with Riverbend Nurses, 3 of them longer than promised/).waitFor();
  const cards = await page.locator('.doors .door h2').allInnerTexts();
  assert.deepEqual(cards.slice(0, 2), ['Rosa Delgado', 'Maya Chen, RN'], 'in the order of the tour');
  await page.getByRole('region', { name: 'The tour, in five minutes' }).getByText('Rosa Delgado, 71').waitFor();
  await assertAccessible(page, 'the doors of the demo');
}

async function speak(page, language) {
  const home = new URL(page.url()).pathname;
  await page.goto(`${home}more`);
  await page.locator(`input[name=language][value=${language}]`).check();
  await page.locator('form[action$="/more/language"] button').click();
  await page.locator(`html[lang=${language}]`).waitFor();
  await page.goto(home);
}

async function understandsTheResult(page, words) {
  await page.getByRole('heading', { name: words.hello }).waitFor();
  await page.getByRole('region', { name: words.answers, exact: true }).getByRole('listitem').waitFor();
  await page.getByRole('region', { name: words.results, exact: true }).getByRole('link', { name: /Potas/ }).click();
  await page.getByText('5.4 mmol/L').first().waitFor();
  for (const fact of ['little', 'range', 'ordered', 'notYet']) await page.getByText(words[fact]).first().waitFor();
  assert.equal(await page.locator('svg.plot circle').count(), 4, 'four values over time');
  return new URL(page.url()).pathname;
}

const status = (page) => page.locator('.status-card');
/** What a reader reads: a clock's words hang together by spaces of their own. */
const said = (place) => place.innerText().then((text) => text.replace(/\s+/g, ' '));

async function asks(page, words) {
  await page.getByRole('link', { name: words.ask, exact: true }).click();
  await page.getByRole('textbox').fill(QUESTION);
  await page.getByRole('button', { name: words.send, exact: true }).click();
  await page.waitForURL(/\/messages\/[0-9a-f-]{36}/);
  assert.match(await said(status(page)), words.sent);
}

/** A page that was loaded anew would not know this any more. */
const mark = (page) => page.evaluate(() => { globalThis.isTheSamePage = true; });
const assertNotReloaded = async (page, what) =>
  assert.ok(await page.evaluate(() => globalThis.isTheSamePage), `${what} appears without a reload`);

const names = (page) => page.locator(`${ROWS} .mail-name`).allInnerTexts();
const toDo = (page) => page.locator('[data-count=to-do]').innerText().then(Number);
const hers = (page) => page.locator(ROWS).filter({ hasText: 'salt substitute' });
const threadOf = (page) => new URL(page.url()).pathname.split('/').pop();

async function listStaysWhereItIs(page, before) {
  await page.getByRole('status').filter({ hasText: /^1 new/ }).waitFor();
  assert.deepEqual(await names(page), before, 'no row has moved');
  assert.equal(await toDo(page), before.length + 1, 'the count is exact');
  await page.getByRole('button', { name: 'Show' }).click();
  await hers(page).waitFor();
}

async function opensTheQuestion(page) {
  await hers(page).getByRole('link').click();
  await page.getByText(QUESTION).last().waitFor();
  const banner = page.locator('.banner');
  for (const fact of ['Rosa Delgado', '71 years', 'RB-', 'Grace Okafor, MD', 'Penicillin']) {
    await banner.getByText(fact).first().waitFor();
  }
  await page.getByRole('complementary', { name: 'Chart' }).getByText('Lisinopril 20 mg tablet').waitFor();
  assert.match(await page.locator('.about').innerText(), /Potassium.* 5\.4 mmol\/L/s, 'the potassium as it was');
}

async function asksTheDoctorInside(page) {
  await page.getByText('Internal note', { exact: true }).first().click();
  await page.getByLabel('Note for the care team').fill(NOTE);
  await page.getByRole('button', { name: 'Save note' }).click();
  const note = page.locator('.entry.internal').filter({ hasText: NOTE });
  await note.getByText('Internal: care team only').waitFor();
}

/** A quick reply adds its words to hers, in the patient's language, and sends nothing. */
async function writesTheAnswer(page, words) {
  const box = page.getByLabel('Reply to Rosa Delgado');
  await box.fill(ANSWER);
  await page.getByRole('button', { name: 'If it gets worse' }).click();
  assert.equal(await box.inputValue(), `${ANSWER}\n\n${words.worse}`);
  assert.equal(await page.locator('.entry.mine').count(), 0, 'nothing was sent');
}

async function repliesAndCloses(page) {
  const rosas = threadOf(page);
  await page.getByRole('button', { name: 'Reply and close', exact: true }).click();
  await page.getByRole('status').filter({ hasText: 'Reply sent and conversation closed' }).waitFor();
  assert.notEqual(threadOf(page), rosas, 'the next conversation opens');
  await page.locator('.banner').waitFor();
}

async function copiesAsNote(page) {
  await page.goto('/team/inbox/closed');
  await hers(page).getByRole('link').click();
  await page.locator('.banner').waitFor();
  // Before the scripts listen, the link leads to a page with the same text.
  await page.locator('[data-open=keys]').waitFor();
  await page.getByRole('link', { name: 'Copy as note' }).click();
  await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, /^Patient message, Riverbend Family Clinic\nPatient: Rosa Delgado, .*\(71 years\), MRN RB-/);
  assert.ok(text.includes(QUESTION) && text.includes(ANSWER), 'both sides of the conversation');
  assert.match(text, /Potassium.*5\.4 mmol\/L/);
  assert.match(text, /Copied by Maya Chen, RN, /);
  assert.ok(!text.includes(NOTE), 'what is internal stays here');
}

async function settles(page, words) {
  await page.getByRole('button', { name: words.thanks }).click();
  await page.getByText(words.said).waitFor();
}

async function seesWhoHasLooked(page, words) {
  await page.getByRole('link', { name: words.more, exact: true }).click();
  await page.getByRole('link', { name: words.looked }).click();
  const lines = page.locator('.log li').filter({ hasText: 'Maya Chen, RN' });
  await lines.first().waitFor();
  const texts = await Promise.all((await lines.all()).map(said));
  assert.ok(texts.some((text) => words.line.test(text)), texts.join('\n'));
  const days = await page.locator('.log time').evaluateAll((times) => times.map((time) => time.dateTime.slice(0, 10)));
  assert.deepEqual(days, [...days].sort().reverse(), 'newest first');
}

async function analystReads(page) {
  await page.goto('/demo');
  await page.getByRole('button', { name: 'Open as Nadia Haddad' }).click();
  await page.getByRole('heading', { name: 'Who uses messages' }).waitFor();
  await page.getByRole('heading', { name: 'Writers per 1,000 adults, by month' }).waitFor();
  await page.getByRole('heading', { name: 'Who writes and who does not' }).waitFor();
}

/** One click on a card, and the office's own first page. */
async function officesRead(page) {
  await page.goto('/demo');
  await page.getByRole('button', { name: 'Open as Peter Lang' }).click();
  await page.getByRole('heading', { name: 'Audit', exact: true }).waitFor();
  const line = page.locator('.log li').filter({ hasText: 'Maya Chen, RN' }).filter({ hasText: 'Copied a conversation' });
  await line.getByRole('link', { name: /^Rosa Delgado, MRN RB-/ }).click();
  await page.locator('.filters').getByText('Rosa Delgado').waitFor();
  const lines = await page.locator('.log li').allInnerTexts();
  assert.ok(lines.length > 5 && lines.every((one) => one.includes('Rosa Delgado')), 'only what concerns her');
  assert.ok(!lines.join().includes('salt substitute'), 'no words of hers');
  await page.getByRole('link', { name: 'Emergencies' }).click();
  await page.getByText('nobody at Riverbend can be reached').waitFor();
  await page.goto('/demo');
  await page.getByRole('button', { name: 'Open as Helen Marsh' }).click();
  await page.getByRole('heading', { name: 'Teams', exact: true }).waitFor();
  await page.getByRole('heading', { name: 'Riverbend Nurses' }).waitFor();
  assert.ok(!(await page.locator('main').innerText()).includes('Delgado'), 'no patient');
}

/** The server dies in the middle of its work; what was acknowledged is there, once, sealed and proven. */
async function survivesTheKill(demo, page) {
  await demo.killAndStart();
  await page.getByRole('link', { name: /^Messages/ }).first().click();
  const lines = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Potassium' });
  await lines.first().waitFor();
  assert.equal(await lines.count(), 1, 'the conversation is there once');
  await lines.getByRole('link').click();
  assert.equal(await page.getByText(QUESTION).count(), 1);
  await page.getByText(ANSWER).waitFor();
  const stored = await storedBytes(demo);
  assert.notDeepEqual(placesOf(demo.database ? 'CREATE TABLE' : 'SQLite format 3', stored), [], 'the database is searched');
  for (const words of SEALED) assert.deepEqual(placesOf(words, stored), [], `${words} is stored sealed only`);
  assert.match(await demo.check(), /^all chains hold: \d+ audit rows/m);
}

async function tour(demo, browser, language) {
  const picture = language === 'en' ? takePicture : () => {};
  const words = PATIENT_WORDS[language];
  const visit = await openVisit(browser, demo.origin, { viewport: DESKTOP, expected: LEFT });
  await visit.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: demo.origin });
  await readsTheDoors(visit.page);
  const rosa = await enter(visit.context, 'Rosa Delgado', PHONE);
  await rosa.getByRole('heading', { name: 'Hello, Rosa' }).waitFor();
  const maya = await enter(visit.context, 'Maya Chen, RN', DESKTOP);
  await maya.getByRole('heading', { name: 'To do' }).waitFor();
  if (language !== 'en') await speak(rosa, language);
  const before = await names(maya);
  assert.equal(await toDo(maya), 24);

  const result = await understandsTheResult(rosa, words);
  await asks(rosa, words);
  await mark(rosa);
  await listStaysWhereItIs(maya, before);
  await opensTheQuestion(maya);
  await status(rosa).getByText(words.opened).waitFor();
  await asksTheDoctorInside(maya);
  await writesTheAnswer(maya, words);
  await assertAccessible(maya, 'the conversation with its note');
  await picture(maya, 'tour-team-inbox', { without: '[data-live] p' });
  await repliesAndCloses(maya);
  await rosa.getByText(ANSWER).waitFor();
  assert.match(await said(status(rosa)), words.closed);
  await assertNotReloaded(rosa, 'the answer');
  assert.equal(await rosa.getByText(NOTE).count(), 0, 'the note is not hers');
  await assertAccessible(rosa, 'the answer');
  await picture(rosa, 'tour-phone-thread', { scale: 2, top: 'h1' });
  await copiesAsNote(maya);
  await settles(rosa, words);
  await maya.goto('/team/inbox/to-do');
  assert.deepEqual(await names(maya), before, 'thanks are no work');
  await seesWhoHasLooked(rosa, words);
  await rosa.goto(result);
  await rosa.getByText(words.seen).waitFor();
  return { visit, rosa, maya };
}

for (const engine of ENGINES) {
  test(`the tour, on ${engine}`, async (t) => {
    const demo = await startDemo({ engine });
    const browser = await launchBrowser();
    t.after(async () => { await browser.close(); await demo.stop(); });
    const { visit, rosa, maya } = await tour(demo, browser, 'en');
    await analystReads(maya);
    await officesRead(maya);
    await maya.close();
    await survivesTheKill(demo, rosa);
    for (const words of SEALED) assert.ok(!demo.log().includes(words), 'the server log holds no message text');
    await visit.close();
  });
}

test('the tour with a patient who reads Spanish', async (t) => {
  const demo = await startDemo({ engine: 'sqlite' });
  const browser = await launchBrowser();
  t.after(async () => { await browser.close(); await demo.stop(); });
  const { visit } = await tour(demo, browser, 'es');
  await visit.close();
});
