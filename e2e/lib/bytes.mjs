// What lies on the disk of a clinic, as bytes: every file of its folder and, on PostgreSQL, a whole dump.
import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MOST_BYTES = 512 * 1024 * 1024;

/** All that is stored of a demo: `[{ name, bytes }]`. */
export async function storedBytes({ folder, database }) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const all = await Promise.all(files.map(async (name) => ({ name, bytes: await readFile(name) })));
  if (!database) return all;
  const { stdout } = await run('pg_dump', ['--dbname', database], { encoding: 'buffer', maxBuffer: MOST_BYTES });
  return [...all, { name: 'the dump of the database', bytes: stdout }];
}

/** Where `words` stand, in any case, as text or as a dump writes binary columns. */
export function placesOf(words, stored) {
  const needles = [words.toLowerCase(), Buffer.from(words, 'utf8').toString('hex')];
  return stored.filter(({ bytes }) => {
    const text = bytes.toString('latin1').toLowerCase();
    return needles.some((needle) => text.includes(needle));
  }).map(({ name }) => name);
}
