// @vitest-environment jsdom
import { render } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { InsecureNotice } from './InsecureNotice';

let root: HTMLElement;

beforeEach(() => {
  root = document.createElement('div');
});

afterEach(() => {
  render(null, root);
  vi.unstubAllGlobals();
});

it('tells readers of a page without encryption that others can read along', () => {
  vi.stubGlobal('isSecureContext', false);
  render(<InsecureNotice />, root);
  expect(root.querySelector('aside')?.textContent).toContain('not encrypted');
});

it('shows nothing over HTTPS or on this machine', () => {
  vi.stubGlobal('isSecureContext', true);
  render(<InsecureNotice />, root);
  expect(root.textContent).toBe('');
});
