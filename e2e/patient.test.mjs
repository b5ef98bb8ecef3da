// What the tour does not show of the patient's pages: they work without scripts, in Spanish, on
// PostgreSQL; what was sent stands there after a reload, and thanks are said once.
import assert from 'node:assert/strict';
import test from 'node:test';
import { DESKTOP, launchBrowser, openVisit } from './lib/browser.mjs';
import { signIn } from './lib/people.mjs';
import { startDemo } from './lib/server.mjs';

const QUESTION = 'Uso un sustituto de sal desde la primavera. ¿Importa eso?';
const ANSWER = 'Sí. Por favor déjelo y venga el viernes para otro análisis.';
const THANKS = 'Sí, con eso basta, gracias';

async function speaksSpanish(page, person) {
  await page.goto(`/p/${person}/more`);
  await page.locator('input[name=language][value=es]').check();
  await page.locator('form[action$="/more/language"] button').click();
  await page.locator('html[lang=es]').waitFor();
}

async function asksAboutTheResult(page, person) {
  await page.goto(`/p/${person}/results`);
  await page.getByRole('main').getByRole('link', { name: /Potasio/ }).first().click();
  await page.getByRole('link', { name: 'Preguntar sobre esto' }).click();
  await page.getByRole('textbox').fill(QUESTION);
  await page.getByRole('button', { name: 'Enviar', exact: true }).click();
  await page.waitForURL(/\/messages\/[0-9a-f-]{36}/);
  await page.locator('.status-card').getByText(/^Enviado .+, en espera de /).waitFor();
  await page.reload();
  assert.equal(await page.getByText(QUESTION).count(), 1, 'it was sent once');
}

async function nurseAnswers(page) {
  await page.goto('/team/inbox/to-do');
  await page.locator('[data-list=inbox] li').filter({ hasText: 'sustituto de sal' }).getByRole('link').click();
  await page.locator('#body').fill(ANSWER);
  await page.getByRole('button', { name: 'Reply', exact: true }).click();
  await page.getByRole('status').filter({ hasText: 'Reply sent' }).first().waitFor();
}

async function thanksOnce(page) {
  await page.reload();
  await page.getByText(ANSWER).waitFor();
  await page.getByRole('button', { name: THANKS }).click();
  await page.getByText(/Usted dijo: con eso basta/).waitFor();
  assert.equal(await page.getByRole('button', { name: THANKS }).count(), 0, 'it is said once');
}

test('a patient asks, reads and thanks without scripts, in Spanish, on PostgreSQL', async (t) => {
  const demo = await startDemo({ engine: 'postgres' });
  const browser = await launchBrowser();
  t.after(async () => { await browser.close(); await demo.stop(); });
  const [rosa, maya] = [demo.account('patient', 'Rosa'), demo.account('nurse', 'Maya')];
  const phone = await openVisit(browser, demo.origin, { javaScript: false });
  const desk = await openVisit(browser, demo.origin, { viewport: DESKTOP });
  await signIn(phone.page, rosa);
  await signIn(desk.page, maya);
  await speaksSpanish(phone.page, rosa.person);
  await asksAboutTheResult(phone.page, rosa.person);
  await nurseAnswers(desk.page);
  await thanksOnce(phone.page);
  await desk.page.goto('/team/inbox/to-do');
  const toDo = desk.page.locator('[data-list=inbox] li').filter({ hasText: 'sustituto de sal' });
  assert.equal(await toDo.count(), 0, 'thanks are no work');
  await phone.close();
  await desk.close();
});
