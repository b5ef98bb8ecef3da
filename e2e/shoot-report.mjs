import { launchBrowser } from './lib/browser.mjs';
import { assertValid } from './lib/valid.mjs';
import { assertAccessible } from './lib/axe.mjs';
import { readFile } from 'node:fs/promises';
const browser = await launchBrowser();
for (const name of ['funnel', 'reply-time-equity', 'adoption-monthly']) {
  const file = `/tmp/boards-report/${name}/report.html`;
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  await page.goto(`file://${file}`);
  try { await assertValid(await readFile(file, 'utf8'), name); } catch (e) { console.log(e.message.split('\n').slice(0, 12).join('\n')); }
  try { await assertAccessible(page, name); } catch (e) { console.log(e.message.split('\n').slice(0, 14).join('\n')); }
  await page.screenshot({ path: `/tmp/boards-report/${name}.png`, fullPage: true });
  for (const id of ['stages', 'time-1', 'by-month', 'attrition']) {
    const head = page.locator(`#${id}`);
    if (await head.count() === 0) continue;
    const box = await head.boundingBox();
    await page.screenshot({ path: `/tmp/boards-report/${name}-${id}.png`, fullPage: true, clip: { x: 0, y: box.y, width: 1200, height: 1100 } });
  }
}
await browser.close();
