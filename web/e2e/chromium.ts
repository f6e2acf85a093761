import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
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

/** The machine's own Chromium, else the one of the npm package in e2e/chromium. */
export async function launch(): Promise<Browser> {
  const found = process.env.LECTERN_CHROMIUM ?? onPath();
  if (found) return chromium.launch({ executablePath: found, args: FLAGS });
  const packaged = new URL('./chromium/node_modules/@sparticuz/chromium/build/esm/index.js', import.meta.url).href;
  const { default: carried } = (await import(/* @vite-ignore */ packaged)) as {
    default: { executablePath: () => Promise<string>; args: string[] };
  };
  return chromium.launch({ executablePath: await carried.executablePath(), args: [...carried.args, ...FLAGS] });
}

export function onPath(): string | undefined {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}
