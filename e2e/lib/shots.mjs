// Pictures of a page for people to look at: phone and desktop, light and dark, in e2e/artefacts.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DESKTOP, PHONE } from './browser.mjs';

const folder = fileURLToPath(new URL('../artefacts', import.meta.url));

/** Writes NAME-phone-light.png and its three siblings, and leaves the page as it was. */
export async function takeShots(page, name) {
  await mkdir(folder, { recursive: true });
  const before = page.viewportSize();
  for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    await page.setViewportSize(viewport);
    // As high as the page, so that what is fixed to the window's edge covers nothing in the middle.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: viewport.width, height: Math.max(height, viewport.height) });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) });
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  if (before) await page.setViewportSize(before);
}
