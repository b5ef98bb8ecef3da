// Debian's Chromium, driven headless. A page may reach nobody but the server under test, and may
// not log an error: `Visit.close` fails the test when either happened.
import assert from 'node:assert/strict';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Names other than the server's resolve to nothing, also for what request routing cannot see.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];
const ACTION_TIMEOUT_MS = 15_000;

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1400, height: 900 };

function findChromium() {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch { /* not in this folder */ }
    }
  }
  throw new Error('Chromium is not in PATH (Debian: apt-get install chromium)');
}

/** A browser with a new empty profile folder. */
export function launchBrowser() {
  return chromium.launch({ executablePath: findChromium(), args: ARGS });
}

/**
 * One person's browser session on `origin`: `{ page, context, close() }`.
 * `javaScript: false` shows the page as it is without scripts; `expected` lists patterns of console
 * errors that the test provokes on purpose.
 */
export async function openVisit(browser, origin, options = {}) {
  const { viewport = PHONE, javaScript = true, locale = 'en-US', expected = [] } = options;
  const context = await browser.newContext({
    baseURL: origin, viewport, locale, javaScriptEnabled: javaScript, timezoneId: 'America/Chicago',
  });
  context.setDefaultTimeout(ACTION_TIMEOUT_MS);
  const faults = [];
  await refuseOtherHosts(context, origin, faults);
  context.on('page', (page) => recordFaults(page, faults));
  const page = await context.newPage();
  const close = async () => {
    await context.close();
    const unexpected = faults.filter((fault) => !expected.some((pattern) => pattern.test(fault)));
    assert.deepEqual(unexpected, [], 'pages make no outside request and log no error');
  };
  return { page, context, close };
}

async function refuseOtherHosts(context, origin, faults) {
  const { port } = new URL(origin);
  const allowed = new Set([`localhost:${port}`, `127.0.0.1:${port}`]);
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    if (allowed.has(url.host)) return route.continue();
    faults.push(`outside request: ${route.request().method()} ${url.href}`);
    return route.abort('blockedbyclient');
  });
  context.on('page', (page) => page.on('websocket', (socket) => {
    if (!allowed.has(new URL(socket.url()).host)) faults.push(`outside socket: ${socket.url()}`);
  }));
}

function recordFaults(page, faults) {
  page.on('pageerror', (error) => faults.push(`script error on ${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // Content-Security-Policy refusals and failed loads arrive here as errors.
    if (message.type() !== 'error') return;
    const { url } = message.location();
    faults.push(`console error on ${page.url()}: ${message.text()}${url ? ` (${url})` : ''}`);
  });
}
