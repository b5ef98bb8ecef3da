// The analyst: a protocol chosen, spoiled and mended, run in the background, read, compared, taken along, and its
// key destroyed; the same run by the operator at the command line. The last part without scripts and in Spanish.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';
import { assertAccessible } from './lib/axe.mjs';
import { DESKTOP, PHONE, launchBrowser, openVisit } from './lib/browser.mjs';
import { signIn } from './lib/people.mjs';
import { ENGINES, startDemo } from './lib/server.mjs';
import { takeShots } from './lib/shots.mjs';
import { assertValid } from './lib/valid.mjs';

const RUN = /\/study\/runs\/[0-9a-f-]{36}$/;
const ENDED_MS = 60_000;
const command = promisify(execFile);

/** Valid HTML, no rule of accessibility broken in light and in dark, and nothing wider than a phone. */
async function look(page, name) {
  await assertValid(await page.content(), name);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await assertAccessible(page, `${name}, ${colorScheme}`);
  }
  const before = page.viewportSize();
  await page.setViewportSize(PHONE);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.setViewportSize(before);
  assert.ok(width <= PHONE.width, `${name} is ${width} wide on a phone`);
  await takeShots(page, name);
}

async function emptyListTeaches(page) {
  await page.goto('/study');
  await page.getByRole('link', { name: 'Study runs' }).click();
  await page.getByText('No study was run yet.').waitFor();
  await look(page, 'study-runs-empty');
  await page.getByRole('link', { name: 'New run' }).click();
  await page.getByRole('heading', { name: 'New run' }).waitFor();
  await look(page, 'study-run-new');
}

/** Chooses the paper's protocol with the newest dates; answers its text. */
async function spoilAndMend(page) {
  await page.getByRole('link', { name: /^With recent dates.*ralston-2009/ }).click();
  const box = page.getByRole('textbox', { name: 'The protocol' });
  const text = await box.inputValue();
  assert.match(text, /^# The paper/);
  const wrong = text.replace('measure = "sex"', 'measure = "height"').replace('minimum_cell = 11', 'minimum_cell = 2');
  await box.fill(wrong);
  await page.getByRole('button', { name: 'Start the run' }).click();
  const told = page.getByRole('alert');
  await told.waitFor();
  const line = wrong.split('\n').findIndex((one) => one.startsWith('minimum_cell')) + 1;
  assert.match(await told.innerText(), new RegExp(`2 things are wrong[^]*Line ${line}, column 1: minimum_cell[^]*covariate sex`));
  assert.equal(await box.inputValue(), wrong, 'the text is kept');
  await look(page, 'study-run-wrong');
  await box.fill(text);
  return text;
}

async function startAndWait(page, button) {
  const before = page.url();
  await page.getByRole('button', { name: button }).click();
  await page.waitForURL((url) => RUN.test(url.href) && url.href !== before);
  // The page finds out by itself.
  await page.getByRole('heading', { name: 'Figures' }).waitFor({ timeout: ENDED_MS });
  return page.url();
}

async function readsTheReport(page, run) {
  assert.match(await page.locator('main').innerText(), /Providers or other clusters[^]*Adjusted odds ratios[^]*female/);
  await look(page, 'study-run-done');
  await page.getByRole('link', { name: 'Read the report' }).click();
  await page.getByRole('heading', { name: 'Methods' }).waitFor();
  const colour = await page.evaluate(() => getComputedStyle(document.querySelector('.key')).display);
  assert.equal(colour, 'flex', 'the report may use its own style');
  assert.match(await page.locator('footer').innerText(), /the record of Riverbend Family Clinic, as of \d{4}-\d\d-\d\d/);
  await assertValid(await page.request.get(page.url()).then((answer) => answer.text()), 'study-report as it was sent');
  await look(page, 'study-report');
  await page.goto(run);
}

/** Every other shipped protocol runs from the record, and its report holds; answers their texts. */
async function runsTheOthers(page) {
  const texts = {};
  const parts = { funnel: 'Stages', 'reply-time-equity': 'Working hours to the first answer', 'adoption-monthly': 'By calendar month' };
  for (const [name, part] of Object.entries(parts)) {
    await page.goto('/study/runs/new');
    await page.getByRole('link', { name: new RegExp(`^With recent dates.*${name}`) }).click();
    texts[name] = await page.getByRole('textbox', { name: 'The protocol' }).inputValue();
    await startAndWait(page, 'Start the run');
    await look(page, `study-run-${name}`);
    await page.getByRole('link', { name: 'Read the report' }).click();
    await page.getByRole('heading', { name: part, exact: true }).waitFor();
    await look(page, `study-report-${name}`);
  }
  return texts;
}

/** The rows that a run counts, taken out by the operator, are the study of a file. */
async function operatorTakesRows(demo, texts) {
  const columns = {
    funnel: ['offered', 'registered', 'verified', 'signed_in', 'messaged', 'answered', 'read'],
    'reply-time-equity': ['answered', 'arrived', 'hours', 'working_hours', 'replied'],
    'adoption-monthly': ['messaged', 'month'],
  };
  const folder = await mkdtemp(join(tmpdir(), 'samechart-rows-'));
  try {
    for (const [name, wanted] of Object.entries(columns)) {
      const [protocol, rows, out] = ['protocol.toml', 'rows.csv', 'out'].map((file) => join(folder, `${name}-${file}`));
      await writeFile(protocol, texts[name]);
      await demo.command('study', 'extract', '--protocol', protocol, '--reason', 'Approved by the board, number 12', '--out', rows);
      const [header, ...lines] = (await readFile(rows, 'utf8')).trim().split('\n');
      for (const column of wanted) assert.equal(header.split(',').filter((it) => it === column).length, 1, `${column} in ${header}`);
      const { stdout } = await demo.command('--json', 'study', 'run', '--input', rows, '--protocol', protocol, '--out', out, '--exact-counts');
      assert.equal(JSON.parse(stdout).n, lines.length);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Takes every file along; answers `{ name: text }`. */
async function takesAlong(page) {
  const links = page.locator('#files ~ ul a');
  const taken = {};
  for (const name of await links.allInnerTexts()) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name, exact: true }).click(),
    ]);
    assert.match(download.suggestedFilename(), new RegExp(`^ralston-2009-\\d{4}-\\d\\d-\\d\\d-${name}$`));
    taken[name] = await readFile(await download.path(), 'utf8');
  }
  const report = JSON.parse(taken['report.json']);
  assert.ok(report.n > 100 && report.variables.length === 5);
  assert.ok(taken['report.html'].startsWith('<!doctype html>'));
  assert.match(taken['odds_ratios.csv'], /^variable,level,reference,[^]*\nsex,female,false,/);
  return taken;
}

async function comparesTwo(page, first, text) {
  await page.goto(first);
  await page.getByRole('link', { name: 'Change the protocol' }).click();
  const box = page.getByRole('textbox', { name: 'The protocol' });
  assert.equal(await box.inputValue(), text);
  await box.fill(text.replace('title = "Patient use', 'title = "Once more: patient use').replace('\nreference = "51-65"', '\nreference = "18-35"'));
  await startAndWait(page, 'Start the run');
  await page.locator('#others ~ ul a').first().click();
  await page.getByRole('heading', { name: 'Two runs beside one another' }).waitFor();
  const words = await page.locator('main').innerText();
  assert.match(words, /The protocols differ: see below\./);
  assert.match(words, /The same version of the program made both\./);
  assert.match(words, /First, line \d+\s+title = "Once more[^]*Second, line \d+\s+title = "Patient use/);
  await look(page, 'study-compare');
}

/** The same run by the operator: the same bytes, but for the day if midnight has passed. */
async function operatorRunsTheSame(demo, text, taken) {
  const folder = await mkdtemp(join(tmpdir(), 'samechart-study-'));
  try {
    await writeFile(join(folder, 'protocol.toml'), text);
    const { stdout } = await demo.command('--json', 'study', 'run', '--protocol', join(folder, 'protocol.toml'),
      '--out', join(folder, 'out'), '--seed', '7');
    assert.match(JSON.parse(stdout).run, /^[0-9a-f-]{36}$/);
    const names = await readdir(join(folder, 'out'));
    assert.deepEqual(names.sort(), Object.keys(taken).sort());
    const bare = (file) => file.replaceAll(/\d{4}-\d\d-\d\d/g, 'DAY');
    for (const name of names) {
      const own = await readFile(join(folder, 'out', name), 'utf8');
      assert.ok(bare(own) === bare(taken[name]), `${name} is the same on the page and at the command line`);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function destroysTheKey(page, run) {
  await page.goto(run);
  await page.getByText('Destroy the key', { exact: true }).click();
  await page.getByRole('button', { name: 'Destroy the key for good' }).click();
  await page.getByRole('status').filter({ hasText: 'The key is destroyed.' }).waitFor();
  await page.getByText('Nobody can tell any more whom a row stood for.').waitFor();
  assert.equal(await page.getByText('Destroy the key', { exact: true }).count(), 0);
}

async function withoutScriptsInSpanish(browser, demo, analyst) {
  const visit = await openVisit(browser, demo.origin, { javaScript: false });
  const { page } = visit;
  await signIn(page, analyst);
  await page.goto('/team/me');
  await page.getByText('Español').click();
  await page.locator('main form button').first().click();
  await page.goto('/study/runs/new?protocol=ralston-2009&dates=recent');
  await page.getByRole('button', { name: 'Empezar el estudio' }).click();
  await page.waitForURL(RUN);
  const deadline = Date.now() + ENDED_MS;
  while (await page.getByRole('link', { name: 'Ver cómo va ahora' }).count() > 0) {
    assert.ok(Date.now() < deadline, 'the run ends');
    await page.getByRole('link', { name: 'Ver cómo va ahora' }).click();
    await page.waitForTimeout(200);
  }
  await page.getByRole('heading', { name: 'Cifras' }).waitFor();
  await assertValid(await page.content(), 'study-run-es');
  await visit.close();
}

for (const engine of ENGINES) {
  test(`the analyst runs a study, reads and compares it, and takes it along, on ${engine}`, async (t) => {
    const demo = await startDemo({ engine, patients: 500 });
    const browser = await launchBrowser();
    t.after(async () => { await browser.close(); await demo.stop(); });
    const analyst = demo.account('analyst');
    const visit = await openVisit(browser, demo.origin, { viewport: DESKTOP, expected: [/status of 422/] });
    const { page } = visit;
    await signIn(page, analyst);
    await emptyListTeaches(page);
    const text = await spoilAndMend(page);
    const run = await startAndWait(page, 'Start the run');
    await readsTheReport(page, run);
    const taken = await takesAlong(page);
    await comparesTwo(page, run, text);
    await operatorRunsTheSame(demo, text, taken);
    await operatorTakesRows(demo, await runsTheOthers(page));
    await page.goto('/study/runs');
    assert.equal(await page.locator('main .row').count(), 6);
    assert.match(await page.locator('main .row').nth(3).innerText(), /The operator, at the command line/);
    await look(page, 'study-runs');
    await destroysTheKey(page, run);
    await visit.close();
    await withoutScriptsInSpanish(browser, demo, analyst);
    assert.match(await demo.check(), /[^]+/, 'the store holds');
  });
}
