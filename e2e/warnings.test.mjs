// Warning words while writing, without scripts, and in the team's list; a daughter with a sign-in of her own.
import assert from 'node:assert/strict';
import test from 'node:test';
import { assertAccessible } from './lib/axe.mjs';
import { DESKTOP, launchBrowser, openVisit } from './lib/browser.mjs';
import { signIn } from './lib/people.mjs';
import { startDemo } from './lib/server.mjs';
import { takeShots } from './lib/shots.mjs';
import { assertValid } from './lib/valid.mjs';

const CHEST = 'My chest feels tight since I came up the stairs.';

async function look(page, name) {
  await assertValid(await page.content(), name);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await assertAccessible(page, `${name}, ${colorScheme}`);
  }
  await takeShots(page, name);
}

const home = (page) => new URL(page.url()).pathname.replace(/\/$/, '');

async function fill(page, text) {
  await page.locator('input[name=topic]').first().check();
  await page.locator('#subject').fill('Since this morning');
  await page.locator('#body').fill(text);
}

test('warning words are answered at once and never block', async (t) => {
  const demo = await startDemo({ engine: 'sqlite' });
  t.after(demo.stop);
  const browser = await launchBrowser();
  t.after(() => browser.close());
  let born;

  await t.test('while writing', async () => {
    const visit = await openVisit(browser, demo.origin);
    const { page } = visit;
    await signIn(page, demo.account('patient', 'Rosa'));
    const base = home(page);
    await page.goto(`${base}/messages/new`);
    await fill(page, CHEST);
    await page.locator('[data-warning=chest_pain]').waitFor();
    assert.equal(await page.locator('[data-warning] a.call').getAttribute('href'), 'tel:911');
    await look(page, 'warning-inline-en');
    await page.locator('#body').fill('How do I take the new pill?');
    await page.locator('[data-warning]').waitFor({ state: 'detached' });
    await page.locator('#body').fill(CHEST);
    await page.locator('[data-warning]').waitFor();
    await page.locator('form.compose button.primary').click();
    await page.waitForURL(/\/messages\/[0-9a-f-]+/);
    await page.locator('.warning.standing').waitFor();
    await look(page, 'warning-thread-en');
    await visit.close();
  });

  await t.test('without scripts there is a page between', async () => {
    const visit = await openVisit(browser, demo.origin, { javaScript: false });
    const { page } = visit;
    await signIn(page, demo.account('patient', 'Rosa'));
    await page.goto(`${home(page)}/messages/new`);
    await fill(page, "I can't breathe.");
    await page.locator('form.compose button.primary').click();
    await page.locator('button[value=send]').click();
    await page.waitForURL(/\/messages\/[0-9a-f-]+/);
    await visit.close();
  });

  await t.test('whoever sends before the words were answered sees it too', async () => {
    const visit = await openVisit(browser, demo.origin, { locale: 'es-US' });
    const { page } = visit;
    await signIn(page, demo.account('patient', 'Miguel'));
    await page.goto(`${home(page)}/messages/new`);
    await fill(page, 'Ya no quiero vivir.');
    await page.locator('form.compose button.primary').click();
    assert.match(await page.locator('h1').innerText(), /988/);
    await look(page, 'warning-between-es');
    await page.locator('button[value=call]').click();
    await page.getByText('Está guardado como borrador').waitFor();
    await look(page, 'warning-called-es');
    await page.locator('.held a.button').click();
    assert.equal(await page.locator('#body').inputValue(), 'Ya no quiero vivir.');
    await visit.close();
  });

  await t.test('the team finds it before everything else', async () => {
    const visit = await openVisit(browser, demo.origin, { viewport: DESKTOP });
    const { page } = visit;
    await signIn(page, demo.account('nurse', 'Maya'));
    const first = page.locator('[data-list=inbox] li').first();
    assert.match(await first.innerText(), /Warning words: chest pain/);
    assert.match(await page.locator('[data-list=inbox]').innerText(), /by daughter/);
    await look(page, 'warning-inbox-en');
    await first.locator('a').click();
    await page.locator('.event.flag').waitFor();
    const day = (await page.locator('.banner-born time, .banner-born b').first().innerText());
    born = new Date(`${day} UTC`).toISOString().slice(0, 10);
    await look(page, 'warning-team-thread-en');
    await page.goto('/team/inbox/closed');
    assert.match(await page.locator('[data-list=inbox]').innerText(), /Had warning words: chest pain/);
    await visit.close();
  });

  await t.test('a daughter comes in by her own code, until her mother ends it', async () => {
    const rosa = demo.account('patient', 'Rosa');
    const made = await demo.command('--json', 'account', 'proxy', rosa.person, '--for', 'Ana Delgado', '--relation', 'daughter');
    const { code } = JSON.parse(made.stdout);
    const visit = await openVisit(browser, demo.origin, { expected: [/404/] });
    const { page } = visit;
    await page.goto('/activate');
    await page.locator('[name=code]').fill(code);
    await page.locator('[name=birth_date]').fill(born);
    await page.locator('[name=sign_in_name]').fill('ana.delgado');
    await page.locator('[name=password]').fill('river stones at dusk');
    await page.locator('main form button.primary').click();
    await page.waitForURL(/\/p\//);
    const base = home(page);
    assert.match(await page.locator('.whose').innerText(), /Rosa/);
    await look(page, 'proxy-home-en');
    await page.goto(`${base}/messages/new`);
    await fill(page, 'Is it okay if I come along on Thursday?');
    await page.locator('form.compose button.primary').click();
    await page.getByText('Ana Delgado (daughter) for Rosa Delgado').waitFor();
    await look(page, 'proxy-thread-en');

    const mother = await openVisit(browser, demo.origin);
    await signIn(mother.page, rosa);
    await mother.page.goto(`${home(mother.page)}/people`);
    await look(mother.page, 'proxy-people-en');
    await mother.page.locator('form[action$="/people/end"] button').first().click();
    await mother.page.getByText('That person can no longer see your record.').waitFor();
    await mother.close();
    assert.equal((await page.goto(`${base}/messages`)).status(), 404);
    await visit.close();
  });
});
