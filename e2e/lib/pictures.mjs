// The pictures of the documentation, taken in the middle of a story and only when they are asked for.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writePng } from './png.mjs';

const folder = fileURLToPath(new URL('../../docs/pictures', import.meta.url));

/**
 * Writes docs/pictures/NAME.png of what the window shows, where SAMECHART_PICTURES is 1: `scale` pixels
 * for each of the page's, with the element `top` at the upper edge and once `without` is gone.
 */
export async function takePicture(page, name, { scale = 1, top, without } = {}) {
  if (process.env.SAMECHART_PICTURES !== '1') return;
  if (without) await page.locator(without).waitFor({ state: 'hidden' });
  if (top) await page.locator(top).evaluate((element) => scrollTo(0, element.getBoundingClientRect().top + scrollY - 16));
  const { width, height } = page.viewportSize();
  const devtools = await page.context().newCDPSession(page);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await devtools.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale, mobile: false });
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'png' });
  await devtools.detach();
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize({ width, height });
  await writeFile(join(folder, `${name}.png`), writePng(await inFewColours(page, data)));
}

/** The picture with its 256 commonest colours, as `writePng` takes it: a page needs no more, and weighs a third. */
async function inFewColours(page, data) {
  const empty = await page.context().newPage();
  const { indices, ...picture } = await empty.evaluate(reduce, data);
  await empty.close();
  return { ...picture, indices: Buffer.from(indices, 'base64') };
}

/** In the page: decodes a PNG and gives every pixel the nearest colour of the commonest. */
async function reduce(data) {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height).getContext('2d');
  canvas.drawImage(bitmap, 0, 0);
  const bytes = canvas.getImageData(0, 0, width, height).data;
  const colours = Array.from({ length: width * height }, (_, at) =>
    (bytes[4 * at] << 16) | (bytes[4 * at + 1] << 8) | bytes[4 * at + 2]);
  const counts = new Map();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const palette = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([colour]) => colour);
  const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];
  const far = (a, b) => parts(a).reduce((sum, part, at) => sum + (part - parts(b)[at]) ** 2, 0);
  const nearest = new Map([...counts.keys()].map((colour) =>
    [colour, palette.reduce((best, other, at) => (far(colour, other) < far(colour, palette[best]) ? at : best), 0)]));
  let indices = '';
  for (const colour of colours) indices += String.fromCharCode(nearest.get(colour));
  return { width, height, palette, indices: btoa(indices) };
}
