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
    // What the first page needs is one file: pages that are loaded later share many of its modules, each of which would be a file of its own.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'start', test: /\/src\/main\.tsx$/ }] } } },
  },
  server: { proxy: { '/api': server, '/health': server } },
  test: { include: ['src/**/*.test.{ts,tsx}'] },
});
