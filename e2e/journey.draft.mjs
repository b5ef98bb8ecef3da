// The foundation journey, on each database: a patient asks about a result, a nurse answers and
// closes, the patient reads the answer and sees who has looked. In roles and names, as people meet it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { assertAccessible } from './lib/axe.mjs';
import { DESKTOP, launchBrowser, openVisit } from './lib/browser.mjs';
import { ENGINES, startDemo } from './lib/server.mjs';
import { takeShots } from './lib/shots.mjs';
import { totp } from './lib/totp.mjs';

const QUESTION = 'Is this number anything I should worry about before my visit?';
const ANSWER = 'Good news: this is in the usual range. We will look at it again at your visit.';

async function settle(page, name) {
  await assertAccessible(page, name);
  await takeShots(page, name);
}

async function signIn(page, door, account) {
  await page.goto(door);
  await page.getByLabel(/user name|email|sign-in name/i).fill(account.sign_in);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  if (!account.totp_secret) return;
  await page.getByLabel(/code/i).fill(totp(account.totp_secret));
  await page.getByRole('button', { name: /continue|sign in/i }).click();
}

async function patientAsksAboutAResult(page, patient) {
  await page.goto('/sign-in');
  await settle(page, 'patient-sign-in');
  await signIn(page, '/sign-in', patient);
  await page.waitForURL(/\/p\/[^/]+\/$/);
  await settle(page, 'patient-home');
  await page.getByRole('link', { name: 'Health record' }).click();
  await page.getByRole('link', { name: /test results/i }).click();
  await settle(page, 'patient-results');
  await page.getByRole('main').getByRole('listitem').first().getByRole('link').first().click();
  await settle(page, 'patient-result');
  await page.getByRole('link', { name: 'Ask about this' }).click();
  await settle(page, 'patient-compose');
  await page.getByRole('textbox').fill(QUESTION);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('Sent').first().waitFor();
  await page.getByText(QUESTION).waitFor();
  await settle(page, 'patient-thread-sent');
}

async function nurseRepliesAndCloses(page, nurse, patient) {
  await page.goto('/team/sign-in');
  await settle(page, 'team-sign-in');
  await signIn(page, '/team/sign-in', nurse);
  await page.getByRole('heading', { name: 'To do' }).waitFor();
  await settle(page, 'team-inbox');
  await page.getByRole('link', { name: new RegExp(patient.name) }).first().click();
  await page.getByText(QUESTION).waitFor();
  await settle(page, 'team-thread');
  await page.getByRole('textbox', { name: /reply/i }).fill(ANSWER);
  await page.getByRole('button', { name: 'Reply and close' }).click();
  await page.getByRole('status').filter({ hasText: /closed/i }).waitFor();
}

async function patientReadsTheAnswer(page, nurse) {
  await page.getByRole('link', { name: /messages/i }).first().click();
  await settle(page, 'patient-messages');
  await page.getByRole('main').getByRole('listitem').first().getByRole('link').first().click();
  await page.getByText(ANSWER).waitFor();
  await settle(page, 'patient-thread-answered');
  await page.getByRole('link', { name: 'More' }).click();
  await page.getByRole('link', { name: 'Who has looked' }).click();
  await page.getByText(nurse.name).first().waitFor();
  await settle(page, 'patient-who-has-looked');
}

for (const engine of ENGINES) {
  test(`a patient asks about a result and a nurse answers, on ${engine}`, async (t) => {
    const demo = await startDemo({ engine });
    t.after(() => demo.stop());
    const browser = await launchBrowser();
    t.after(() => browser.close());
    const patient = demo.account('patient');
    const nurse = demo.account('nurse');

    const phone = await openVisit(browser, demo.origin);
    await patientAsksAboutAResult(phone.page, patient);

    const desk = await openVisit(browser, demo.origin, { viewport: DESKTOP });
    await nurseRepliesAndCloses(desk.page, nurse, patient);
    await desk.close();

    await patientReadsTheAnswer(phone.page, nurse);
    await phone.close();
    assert.ok(!demo.log().includes(QUESTION), 'the server log holds no message text');
  });
}
