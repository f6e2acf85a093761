import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-sync',
  '--metrics-recording-only',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
];

/** The package lets pages read and change what belongs to other origins. Readers' browsers do not. */
const UNSAFE = ['--disable-web-security', '--allow-running-insecure-content', '--disable-site-isolation-trials'];

/** The machine's own Chromium (or the one that LECTERN_CHROMIUM names), else the one of the npm package in e2e/chromium. */
export async function launch(): Promise<Browser> {
  const { LECTERN_CHROMIUM: chosen } = process.env;
  const found = chosen === 'package' ? undefined : (chosen ?? onPath());
  if (found) return chromium.launch({ executablePath: found, args: FLAGS });
  const { default: carried } = (await import(pathToFileURL(packaged()).href)) as {
    default: { executablePath: () => Promise<string>; args: string[] };
  };
  // In a single process Chromium crashes when one page is closed and the next one is opened.
  const args = carried.args.filter((flag) => flag !== '--single-process' && !UNSAFE.includes(flag));
  return chromium.launch({ executablePath: await carried.executablePath(), args: [...args, ...FLAGS] });
}

/** Where the package is; it is installed when it is first needed. */
function packaged(): string {
  const folder = new URL('./chromium/', import.meta.url).pathname;
  if (!existsSync(join(folder, 'node_modules'))) execSync('npm ci --no-progress', { cwd: folder, stdio: 'inherit' });
  return createRequire(join(folder, 'package.json')).resolve('@sparticuz/chromium');
}

export function onPath(): string | undefined {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}
