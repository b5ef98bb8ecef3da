// Every page in both languages: no rule of accessibility broken, no error in the console, nothing
// wider than its window, and pictures to look at.
import assert from 'node:assert/strict';
import test from 'node:test';
import { assertAccessible } from './lib/axe.mjs';
import { DESKTOP, PHONE, launchBrowser, openVisit } from './lib/browser.mjs';
import { signIn } from './lib/people.mjs';
import { startDemo } from './lib/server.mjs';
import { takeShots } from './lib/shots.mjs';
import { assertValid } from './lib/valid.mjs';

const LOCALES = { en: 'en-US', es: 'es-US' };
const WIDTHS = { phone: PHONE, narrow: { width: 320, height: 640 }, middle: { width: 1000, height: 800 }, desktop: DESKTOP };

/** Checks the page that is open, in every width, light and dark; `html` is its text where it was just fetched. */
async function look(page, name, html) {
  await assertValid(html ?? await page.content(), name);
  await assertFits(page, name);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await assertAccessible(page, `${name}, ${colorScheme}`);
  }
  await takeShots(page, name);
}

/** WCAG 1.4.10: nothing has to be scrolled sideways, down to 320 pixels. */
async function assertFits(page, name) {
  const before = page.viewportSize();
  for (const [width, viewport] of Object.entries(WIDTHS)) {
    await page.setViewportSize(viewport);
    const over = await page.evaluate(tooWide);
    assert.deepEqual(over, [], `${name} is too wide at ${width}`);
  }
  await page.setViewportSize(before);
}

/** In the page: what reaches beyond the window, where the page can be scrolled sideways. */
function tooWide() {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const beyond = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
  return beyond.map((one) => `${one.tagName} ${one.className} ${Math.round(one.getBoundingClientRect().right)}`);
}

async function lookAt(page, path, name) {
  const answer = await page.goto(path);
  assert.equal(answer.status(), 200, `${path} is a page`);
  await look(page, name, await answer.text());
}

const firstLink = (page, selector) => page.locator(selector).first().getAttribute('href');

async function setLanguage(page, person, language) {
  await page.goto(`/p/${person}/more`);
  await page.locator(`input[name=language][value=${language}]`).check();
  await page.locator('form[action$="/more/language"] button').click();
  await page.waitForLoadState();
}

async function patientPages(page, person, language) {
  const home = `/p/${person}`;
  const named = (name) => `patient-${name}-${language}`;
  await setLanguage(page, person, language);
  assert.equal(await page.locator('html').getAttribute('lang'), language);
  for (const [name, tail] of Object.entries({
    home: '/', messages: '/messages', record: '/record', results: '/results', looked: '/looked', more: '/more',
    visits: '/visits', notes: '/notes', vitals: '/vitals', procedures: '/procedures', plans: '/plans',
    'care-team': '/care-team', coverage: '/coverage', compose: '/messages/new',
  })) await lookAt(page, home + tail, named(name));
  await page.goto(`${home}/visits`);
  await lookAt(page, await firstLink(page, `main a[href^="${home}/visits/"]`), named('visit'));
  await page.goto(`${home}/results`);
  const result = await firstLink(page, `main a[href^="${home}/results/"]`);
  await lookAt(page, result, named('result'));
  await lookAt(page, `${home}/messages/new?about=${result.split('/').pop()}`, named('compose-about'));
  await page.locator('form.compose button.primary').click();
  await page.locator('.problem').first().waitFor();
  await look(page, named('compose-problem'));
  await page.goto(`${home}/messages`);
  await lookAt(page, await firstLink(page, `main a[href^="${home}/messages/"]:not([href$="/new"])`), named('thread'));
  await page.goto(`${home}/messages`);
  await page.getByRole('searchbox').fill('xylophone');
  await page.keyboard.press('Enter');
  await page.locator('.empty').waitFor();
  await look(page, named('search-nothing'));
}

async function teamPages(page, threads) {
  for (const view of ['to-do', 'mine', 'unassigned', 'waiting', 'overdue', 'closed']) {
    await lookAt(page, `/team/inbox/${view}`, `team-${view}-en`);
  }
  for (const [name, { view, who }] of Object.entries(threads)) {
    await page.goto(`/team/inbox/${view}`);
    const row = page.locator('[data-list=inbox] li').filter({ hasText: who });
    await lookAt(page, await firstLink(row, 'a'), `team-thread-${name}-en`);
  }
  await lookAt(page, '/team/patients', 'team-patients-en');
  await page.getByRole('searchbox').fill('Delgado');
  await page.keyboard.press('Enter');
  const patient = await firstLink(page, 'main a[href^="/team/patients/"]');
  await look(page, 'team-patients-found-en');
  await lookAt(page, patient, 'team-patient-en');
  await lookAt(page, `${patient}/messages/new`, 'team-compose-en');
  await page.goto(patient);
  await lookAt(page, await firstLink(page, 'main a[href*="/results/"]'), 'team-result-en');
  await page.goto('/team/search');
  await look(page, 'team-search-en');
  await page.getByRole('searchbox').fill('insulin');
  await page.keyboard.press('Enter');
  await page.locator('main .rows').waitFor();
  await look(page, 'team-search-found-en');
}

/** What the office reads, with its empty and its narrowed lists. */
async function officePages(page, pages, language) {
  for (const [name, path] of Object.entries(pages)) await lookAt(page, path, `office-${name}-${language}`);
}

async function speak(page, language) {
  await page.goto('/team/me');
  await page.locator(`input[name=language][value=${language}]`).check();
  await page.locator('form[action="/team/me/language"] button').click();
  await page.locator(`html[lang=${language}]`).waitFor();
}

async function administratorPages(page, language) {
  await officePages(page, { teams: '/admin/teams', staff: '/admin/staff', organisation: '/admin/organisation' }, language);
  await page.goto('/admin/staff');
  const maya = await page.getByRole('link', { name: /Maya Chen/ }).getAttribute('href');
  await lookAt(page, maya, `office-member-${language}`);
  await page.locator('.sure > summary').first().click();
  await look(page, `office-take-out-${language}`);
}

async function privacyPages(page, language, rosa) {
  await page.goto(`/admin/audit?patient=${rosa.person}`);
  const [number] = (await page.locator('.filters').innerText()).match(/RB-\d+/);
  await officePages(page, {
    audit: '/admin/audit', emergencies: '/admin/audit/emergencies', chains: '/admin/audit/chains',
    'audit-nothing': '/admin/audit?day=2001-01-01',
  }, language);
  await page.goto('/admin/audit');
  await page.locator('#patient').fill('RB-000000');
  await page.locator('#staff').fill('Ch');
  await page.keyboard.press('Enter');
  await page.locator('.problem').first().waitFor();
  await look(page, `office-audit-wrong-${language}`);
  await page.locator('#patient').fill(number);
  await page.locator('#staff').fill('');
  await page.keyboard.press('Enter');
  await page.locator('.filters').waitFor();
  assert.ok(!page.url().includes(number), 'no record number in an address');
  await look(page, `office-audit-patient-${language}`);
}

async function openPages(page, language) {
  for (const [name, path] of Object.entries({
    demo: '/demo', 'sign-in': '/sign-in', 'team-sign-in': '/team/sign-in', activate: '/activate',
  })) await lookAt(page, `${path}?lang=${language}`, `open-${name}-${language}`);
}

test('every page can be used by everybody', async (t) => {
  const demo = await startDemo({ engine: 'sqlite' });
  const browser = await launchBrowser();
  t.after(async () => { await browser.close(); await demo.stop(); });
  const rosa = demo.account('patient', 'Rosa');

  for (const [language, locale] of Object.entries(LOCALES)) {
    await t.test(`before sign-in, ${language}`, async () => {
      const visit = await openVisit(browser, demo.origin, { locale });
      await openPages(visit.page, language);
      await visit.close();
    });
    await t.test(`patient pages, ${language}`, async () => {
      const visit = await openVisit(browser, demo.origin, { locale, expected: [/status of 4(00|22)/] });
      await signIn(visit.page, rosa);
      await patientPages(visit.page, rosa.person, language);
      await visit.close();
    });
  }
  await t.test('a patient whose language is Spanish, with a question on its way', async () => {
    const visit = await openVisit(browser, demo.origin, { locale: LOCALES.es });
    await signIn(visit.page, demo.account('patient', 'Miguel'));
    assert.equal(await visit.page.locator('html').getAttribute('lang'), 'es');
    await look(visit.page, 'patient-miguel-home-es');
    await visit.close();
  });
  await t.test('team pages', async () => {
    const visit = await openVisit(browser, demo.origin, { viewport: DESKTOP });
    await signIn(visit.page, demo.account('nurse', 'Maya'));
    await teamPages(visit.page, {
      overdue: { view: 'to-do', who: 'Tyrone' },
      note: { view: 'to-do', who: 'Eleanor' },
      spanish: { view: 'to-do', who: 'Miguel' },
      waiting: { view: 'waiting', who: 'Aisha' },
      closed: { view: 'closed', who: 'Rosa' },
    });
    await visit.close();
  });
  await t.test('pages of the office', async () => {
    const visit = await openVisit(browser, demo.origin, { viewport: DESKTOP, expected: [/status of 422/] });
    for (const language of Object.keys(LOCALES)) {
      await signIn(visit.page, demo.account('administrator'));
      await speak(visit.page, language);
      await administratorPages(visit.page, language);
      await signIn(visit.page, demo.account('privacy_officer'));
      await speak(visit.page, language);
      await privacyPages(visit.page, language, rosa);
    }
    await visit.close();
  });
  for (const [role, name] of [['physician', 'Antonio'], ['front_desk', 'Luis']]) {
    await t.test(`the first page of the ${role}`, async () => {
      const visit = await openVisit(browser, demo.origin, { viewport: DESKTOP });
      await signIn(visit.page, demo.account(role, name));
      await look(visit.page, `team-first-${role}-en`);
      await visit.close();
    });
  }
  await t.test('a card of the demo opens its door, and both doors stay open in one browser', async () => {
    const visit = await openVisit(browser, demo.origin, { viewport: DESKTOP });
    const { page } = visit;
    await page.goto('/demo');
    await page.getByRole('button', { name: 'Open as Maya Chen, RN' }).click();
    await page.waitForURL(/\/team$/);
    const other = await page.context().newPage();
    await other.goto('/demo');
    await other.getByRole('button', { name: 'Open as Rosa Delgado' }).click();
    await other.getByRole('heading', { name: /, Rosa/ }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'To do' }).waitFor();
    await visit.close();
  });
  await t.test('what is not there, or not for this nurse', async () => {
    const visit = await openVisit(browser, demo.origin, { viewport: DESKTOP, expected: [/status of 40[34]/] });
    await signIn(visit.page, demo.account('nurse', 'Maya'));
    await visit.page.goto(`/team/patients/${demo.account('patient', 'Wei').person}`);
    await look(visit.page, 'team-not-open-en');
    await visit.page.goto('/no-such-page');
    await look(visit.page, 'open-not-found-en');
    await visit.close();
  });
});
