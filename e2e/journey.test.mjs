// The foundation journey, on each database: a patient asks about a result, a nurse answers and
// closes, the patient reads the answer and sees who has looked. In roles and names, as people meet it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { DESKTOP, launchBrowser, openVisit } from './lib/browser.mjs';
import { signIn } from './lib/people.mjs';
import { ENGINES, startDemo } from './lib/server.mjs';

const QUESTION = 'Is this number anything I should worry about before my visit?';
const NOTE = 'Rising since spring, on lisinopril: ask Dr. Okafor about a repeat on Friday.';
const FIRST_ANSWER = 'Thank you for asking, we are looking at it today.';
const ANSWER = 'Please leave out salt substitutes for now and come for a second test on Friday.';

async function patientAsks(page, rosa) {
  await signIn(page, rosa);
  await page.getByRole('heading', { name: /Hello, Rosa/ }).waitFor();
  const news = page.getByRole('region', { name: /new test result/i });
  assert.equal(await news.getByRole('listitem').count(), 1, 'one result is new');
  await news.getByRole('link', { name: /Potassium/ }).click();
  await page.getByText('5.4 mmol/L').first().waitFor();
  await page.getByText(/A little above the usual range/).first().waitFor();
  await page.getByRole('link', { name: 'Ask about this' }).click();
  await page.getByRole('heading', { name: 'Ask about Potassium' }).waitFor();
  await page.getByRole('textbox').fill(QUESTION);
  const form = await fieldsOf(page, 'form.compose');
  await page.getByRole('button', { name: 'Send' }).dblclick();
  await page.waitForURL(/\/messages\/[0-9a-f-]{36}/);
  await page.getByText(/^Sent /).first().waitFor();
  await page.getByText(/Answer expected by /).first().waitFor();
  await page.getByText(QUESTION).waitFor();
  return form;
}

/** What a form would send, for sending it once more. */
function fieldsOf(page, selector) {
  return page.locator(selector).evaluate((form) => ({
    action: form.action, body: new URLSearchParams(new FormData(form)).toString(),
  }));
}

/** A browser that sends the same form again, as after a lost answer. */
async function sendAgain(page, form) {
  const status = await page.evaluate(({ action, body }) => fetch(action, {
    method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }).then((answer) => answer.status), form);
  assert.equal(status, 200, 'the second send leads to the same conversation');
  await page.getByRole('link', { name: /^Messages/ }).first().click();
  const lines = page.getByRole('main').getByRole('listitem').filter({ hasText: QUESTION });
  assert.equal(await lines.count(), 1, 'two equal sends are one message');
}

async function openFromToDo(page, nurse) {
  await signIn(page, nurse);
  await page.getByRole('heading', { name: 'To do' }).waitFor();
  const row = page.locator('[data-list=inbox] li').filter({ hasText: QUESTION });
  assert.match(await row.innerText(), /Rosa Delgado/);
  await row.getByRole('link').click();
  await page.getByText(QUESTION).last().waitFor();
}

async function nurseSeesWhoAndWhat(page) {
  const banner = page.locator('.banner');
  for (const fact of ['Rosa Delgado', '71 years', 'RB-', 'Grace Okafor, MD', 'Penicillin']) {
    await banner.getByText(fact).first().waitFor();
  }
  const conversation = page.getByRole('region', { name: 'Potassium' });
  await conversation.getByText('5.4 mmol/L').first().waitFor();
  const chart = page.getByRole('complementary', { name: 'Chart' });
  await chart.getByText('Lisinopril 20 mg tablet').waitFor();
  await chart.getByText('5.4 mmol/L').waitFor();
}

async function addNote(page) {
  await page.getByText('Internal note', { exact: true }).first().click();
  await page.getByLabel('Note for the care team').fill(NOTE);
  await page.getByRole('button', { name: 'Save note' }).click();
  await page.getByRole('status').filter({ hasText: 'Internal note added' }).waitFor();
  await page.locator('.entry.internal').getByText(NOTE).waitFor();
}

async function reply(page, text, button) {
  await page.getByLabel('Reply to Rosa Delgado').fill(text);
  await page.getByRole('button', { name: button, exact: true }).click();
}

/** Both have the thread before them; the first to send wins, the second keeps the text. */
async function nursesCollide(maya, jonas) {
  await reply(jonas, FIRST_ANSWER, 'Reply');
  await jonas.getByRole('status').filter({ hasText: 'Reply sent' }).waitFor();
  await reply(maya, ANSWER, 'Reply and close');
  await maya.getByRole('alert').filter({ hasText: 'Nothing was sent' }).waitFor();
  await maya.getByText(FIRST_ANSWER).waitFor();
  assert.equal(await maya.getByLabel('Reply to Rosa Delgado').inputValue(), ANSWER, 'the text is kept');
  await maya.getByRole('button', { name: 'Reply and close', exact: true }).click();
  await maya.getByRole('status').filter({ hasText: 'Reply sent and conversation closed' }).waitFor();
}

async function patientReadsTheAnswer(page, maya) {
  await page.getByRole('link', { name: /^Messages/ }).first().click();
  const line = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Potassium' }).first();
  assert.match(await line.innerText(), /New answer/);
  await line.getByRole('link').click();
  await page.getByText(ANSWER).waitFor();
  await page.getByText(/Closed .* by Maya Chen, RN: Your question was answered/).waitFor();
  await page.getByRole('link', { name: 'Write again' }).waitFor();
  await page.getByRole('link', { name: 'More' }).click();
  await page.getByRole('link', { name: /Who has looked/ }).click();
  const looked = page.getByRole('listitem').filter({ hasText: maya.name });
  await looked.filter({ hasText: 'Read your message and Potassium result' }).first().waitFor();
}

/** Every page of the patient, as text. */
async function noteIsNowhere(page) {
  const home = new URL(page.url()).pathname.match(/^\/p\/[^/]+/)[0];
  const results = await addresses(page, `${home}/results`, `${home}/results/`);
  const threads = await addresses(page, `${home}/messages`, `${home}/messages/`);
  const pages = ['/', '/messages', '/record', '/results', '/visits', '/notes', '/looked', '/more', '/messages/new'];
  for (const path of [...pages.map((tail) => home + tail), ...results, ...threads]) {
    await page.goto(path);
    const html = await page.content();
    assert.ok(!html.includes('Rising since spring') && !html.includes('repeat on Friday'), `the note is not at ${path}`);
  }
  await page.goto(`${home}/messages`);
  await page.getByRole('searchbox').fill('repeat rising');
  await page.keyboard.press('Enter');
  await page.getByText(/No message has all of these words/).waitFor();
}

async function addresses(page, path, start) {
  await page.goto(path);
  const links = await page.locator(`main a[href^="${start}"]`).evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  return [...new Set(links)];
}

async function signOut(page, inside, door) {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: /sign.?in/i }).waitFor();
  await page.goto(inside);
  assert.equal(new URL(page.url()).pathname, door, 'the pages are closed after signing out');
}

for (const engine of ENGINES) {
  test(`a patient asks about a result and a nurse answers, on ${engine}`, async (t) => {
    const demo = await startDemo({ engine });
    t.after(() => demo.stop());
    const browser = await launchBrowser();
    t.after(() => browser.close());
    const [rosa, maya, jonas] =
      [demo.account('patient', 'Rosa'), demo.account('nurse', 'Maya'), demo.account('nurse', 'Jonas')];
    const conflict = [/status of 409/];
    const phone = await openVisit(browser, demo.origin);
    const desk = await openVisit(browser, demo.origin, { viewport: DESKTOP, expected: conflict });
    const other = await openVisit(browser, demo.origin, { viewport: DESKTOP });

    const form = await patientAsks(phone.page, rosa);
    await sendAgain(phone.page, form);
    await openFromToDo(desk.page, maya);
    await nurseSeesWhoAndWhat(desk.page);
    await addNote(desk.page);
    await openFromToDo(other.page, jonas);
    await nursesCollide(desk.page, other.page);
    await patientReadsTheAnswer(phone.page, maya);
    await noteIsNowhere(phone.page);
    await phone.page.getByRole('link', { name: 'More' }).click();
    await signOut(phone.page, `/p/${rosa.person}/messages`, '/sign-in');
    await signOut(desk.page, '/team', '/team/sign-in');
    for (const visit of [phone, desk, other]) await visit.close();
    for (const text of [QUESTION, NOTE, ANSWER]) {
      assert.ok(!demo.log().includes(text), 'the server log holds no message text');
    }
  });
}
