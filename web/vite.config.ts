import { defineConfig } from 'vitest/config';

const server = process.env.LECTERN_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // A proxy may serve the page below a path. The server puts it into index.html; scripts find other files relative to themselves.
  experimental: { renderBuiltUrl: (_file, { hostType }) => (hostType === 'html' ? undefined : { relative: true }) },
  build: {
    target: 'es2022',
    manifest: 'build-manifest.json',
    // The server's content security policy allows files of its own origin only.
    assetsInlineLimit: 0,
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': server, '/health': server } },
  test: { include: ['src/**/*.test.{ts,tsx}'] },
});
