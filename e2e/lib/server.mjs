// A real `samechart demo` process on SQLite or PostgreSQL, in a folder of its own that goes with it.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const READY = /listening on (http:\/\/127\.0\.0\.1:(\d+))/;
const START_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 10_000;

/** The database engines that every journey runs on. */
export const ENGINES = ['sqlite', 'postgres'];

const repository = fileURLToPath(new URL('../..', import.meta.url));

function binary() {
  return process.env.SAMECHART_BIN ?? join(repository, 'target', 'debug', 'samechart');
}

/** A new empty database in the throwaway cluster of SAMECHART_TEST_POSTGRES: its URL. */
async function createDatabase() {
  const cluster = process.env.SAMECHART_TEST_POSTGRES;
  if (!cluster) throw new Error('SAMECHART_TEST_POSTGRES is not set: run `./test e2e`');
  const name = `e2e_${randomBytes(6).toString('hex')}`;
  await run('psql', ['--no-psqlrc', '--quiet', '--dbname', cluster, '--command', `create database ${name}`]);
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  return url.href;
}

/**
 * Seeds a synthetic clinic and serves it. Answers `{ origin, folder, database, account(role, name), log(),
 * killAndStart(), command(...args), check(), stop() }`: `origin` is the address that browsers use, `database` the URL on
 * PostgreSQL, `account` the first of the role whose name begins like that.
 */
export async function startDemo({ engine, patients = 40 }) {
  await access(binary()).catch(() => {
    throw new Error(`${binary()} is missing: build it with \`cargo build -p samechart\``);
  });
  const above = await mkdtemp(join(tmpdir(), 'samechart-e2e-'));
  const folder = join(above, 'samechart-demo');
  const env = withoutSettings(process.env);
  if (engine === 'postgres') env.SAMECHART_DATABASE = await createDatabase();
  const output = { text: '' };
  const start = (...args) => startServer(['demo', '--dir', folder, ...args], { cwd: above, env, output });
  const command = (...args) =>
    run(binary(), ['--config', join(folder, 'samechart-demo.toml'), ...args], { cwd: above, env });
  let server;
  const stop = async () => {
    await server?.end('SIGTERM');
    await rm(above, { recursive: true, force: true });
  };
  try {
    server = await start('--fresh', '--port', '0', '--patients', String(patients));
    const accounts = JSON.parse(await readFile(join(folder, 'accounts.json'), 'utf8'));
    const { port } = server;
    return {
      // Passkeys need a name, so the server sends 127.0.0.1 on to localhost.
      origin: `http://localhost:${port}`,
      folder,
      database: env.SAMECHART_DATABASE,
      account: (role, name) => findAccount(accounts, role, name),
      log: () => output.text,
      killAndStart: async () => {
        await server.end('SIGKILL');
        server = await start('--port', String(port));
      },
      command,
      check: () => command('check').then(({ stdout }) => stdout),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The variables of this process without those that the tests, or somebody's own server, are set by. */
const withoutSettings = (variables) =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => !name.startsWith('SAMECHART_')));

/** A server that listens: `{ port, end(signal) }`. One that does not come up is ended. */
async function startServer(args, { cwd, env, output }) {
  const child = spawn(binary(), args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise((resolve) => child.once('close', resolve));
  const end = (signal) => endProcess(child, exited, signal);
  try {
    return { port: await ready(child, collect(child, output)), end };
  } catch (error) {
    await end('SIGTERM');
    throw error;
  }
}

/** Gathers what the process says: its own words in the answer, those of all starts in `whole`. */
function collect(child, whole) {
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => { output.text += chunk; whole.text += chunk; });
  }
  return output;
}

function ready(child, output) {
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`samechart demo ${why}:\n${output.text}`));
    const timer = setTimeout(() => fail(`was not ready in ${START_TIMEOUT_MS / 1000} s`), START_TIMEOUT_MS);
    const settle = (act) => { clearTimeout(timer); act(); };
    child.once('error', (error) => settle(() => fail(error.message)));
    child.once('close', (code, signal) => settle(() => fail(`ended with ${code ?? signal}`)));
    child.stdout.on('data', () => {
      const found = READY.exec(output.text);
      if (found) settle(() => resolve(Number(found[2])));
    });
  });
}

async function endProcess(child, exited, signal) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}

function findAccount(accounts, role, name = '') {
  const found = accounts.find((account) => account.role === role && account.name.startsWith(name));
  if (found) return found;
  throw new Error(`no demo account with role ${role} ${name}; there are: ${accounts.map((a) => a.role).join(', ')}`);
}
