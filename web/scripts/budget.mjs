// Fails the build when what the first page loads (the scripts of index.html, what they import statically, their styles) is heavier than agreed.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMITS = { js: 40_000, css: 12_000 };

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('build-manifest.json', dist), 'utf8'));
const weight = (file) => gzipSync(readFileSync(new URL(file, dist))).length;

const js = new Set();
const css = new Set();
const visit = (chunk) => {
  if (js.has(chunk.file)) return;
  js.add(chunk.file);
  for (const file of chunk.css ?? []) css.add(file);
  for (const key of chunk.imports ?? []) visit(manifest[key]);
};
const page = readFileSync(new URL('index.html', dist), 'utf8');
for (const chunk of Object.values(manifest)) if (page.includes(`src="/${chunk.file}"`)) visit(chunk);

const sum = (files) => [...files].reduce((total, file) => total + weight(file), 0);
const found = { js: sum(js), css: sum(css) };
let over = js.size === 0;
for (const [kind, limit] of Object.entries(LIMITS)) {
  console.log(`first load, ${kind}: ${found[kind]} of ${limit} bytes gzip`);
  over ||= found[kind] > limit;
}
if (over) {
  console.error('The first load is over its budget: load what is not needed at once lazily.');
  process.exit(1);
}
