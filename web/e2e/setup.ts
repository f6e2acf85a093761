import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startFake } from '../dev/fake/server';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the server under test. */
    server: string;
    /** Its data folder; empty when it is not ours. */
    data: string;
    /** The folder of the jars that it runs; empty likewise. */
    jars: string;
  }
}

/** Milliseconds that a server may take to be ready; the first start of a clone builds it. */
const READY = 600_000;

/** The tests meet the server at LECTERN_URL, else one of their own; with LECTERN_FAKE=1 the stand-in that the pages are built with. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.LECTERN_URL;
  project.provide('data', '');
  project.provide('jars', '');
  if (given) {
    project.provide('server', given.replace(/\/$/, ''));
    return undefined;
  }
  if (process.env.LECTERN_FAKE) {
    const fake = await startFake(new URL('../dist/', import.meta.url).pathname);
    project.provide('server', fake.url);
    return fake.goAway;
  }
  const own = await startOwn();
  project.provide('server', own.url);
  project.provide('data', own.data);
  project.provide('jars', new URL('../../.lectern/app/lib/', import.meta.url).pathname);
  return own.stop;
}

async function startOwn(): Promise<{ url: string; data: string; stop: () => Promise<void> }> {
  const script = new URL('../../lectern', import.meta.url).pathname;
  if (!existsSync(script)) throw new Error(`There is no ${script}: set LECTERN_URL to the server under test.`);
  const folder = await mkdtemp(join(tmpdir(), 'lectern-e2e-'));
  const data = join(folder, 'data');
  const port = await freePort();
  // The tests send more in a minute than a reader does.
  const unlimited = { LECTERN_RATE_LIMIT_ALLOWED_ADDRESSES: '127.0.0.0/8,::1' };
  const env = { ...process.env, ...unlimited, LECTERN_PORT: `${port}`, LECTERN_DATA: data };
  const process_ = spawn(script, ['serve'], { env, detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise<void>((resolve) => process_.on('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    // The script's whole group, which is ours alone.
    if (process_.pid && process_.exitCode === null) process.kill(-process_.pid, 'SIGTERM');
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 15_000))]);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await ready(url, process_);
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  return { url, data, stop };
}

async function ready(url: string, child: { exitCode: number | null }): Promise<void> {
  for (const end = Date.now() + READY; Date.now() < end; ) {
    if (child.exitCode !== null) throw new Error(`The server ended with code ${child.exitCode}.`);
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`The server was not ready after ${READY / 1000} s.`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
