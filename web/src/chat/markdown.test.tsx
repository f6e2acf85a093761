// @vitest-environment jsdom
import { render } from 'preact';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from './markdown';

function draw(
  text: string,
  { numbers = new Set([1, 2]), unsupported = [] as { start: number; end: number; reason: string }[] } = {},
) {
  const root = document.createElement('div');
  render(
    renderMarkdown(text, {
      numbers,
      unsupported,
      cite: (number) => <button type="button">{number}</button>,
      doubt: (part) => <u>{part}</u>,
    }),
    root,
  );
  return root;
}

describe('drawMarkdown', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    'text <svg onload=alert(1)> more',
    '<iframe src="https://example.org"></iframe>',
    '<style>*{display:none}</style>',
  ])('html_isShownAsText %s', (text) => {
    const root = draw(text);
    expect(root.querySelector('script,img,iframe,svg,style,a')).toBeNull();
    expect(root.textContent).toContain('<');
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](data:text/html,hi)',
    '[x]( JaVaScRiPt:alert(1))',
    '[x](vbscript:x)',
    '[x](//evil.example)',
  ])('otherAddresses_areNoLinks %s', (text) => {
    expect(draw(text).querySelector('a')).toBeNull();
  });

  it('image_isNeverLoaded', () => {
    const root = draw('![chart](https://evil.example/?q=secret)');
    expect(root.querySelector('img')).toBeNull();
    expect(root.textContent).toBe('chart (https://evil.example/?q=secret)');
  });

  it('link_showsWhereItLeads', () => {
    const root = draw('See [our site](https://evil.example/a).');
    expect(root.textContent).toBe('See our site (https://evil.example/a).');
    expect(root.querySelector('a')?.getAttribute('rel')).toContain('noopener');
  });

  it('citations_thatExistBecomeButtons_othersStay', () => {
    const root = draw('One. [1][2] Five. [5]\n\n[1]: https://example.org');
    expect([...root.querySelectorAll('button')].map((button) => button.textContent)).toEqual(['1', '2', '1']);
    expect(root.textContent).toContain('[5]');
    expect(root.querySelector('p')?.textContent).toBe('One.12 Five. [5]');
  });

  it('citations_stayOnTheLineOfTheirWord', () => {
    const root = draw('First word. [1][2] Next.');
    expect(root.querySelector('.tied')?.textContent).toBe('word.12');
    expect(root.textContent).toBe('First word.12 Next.');
  });

  it('citationInCode_staysText', () => {
    const root = draw('`a[1]` and\n\n```\nb[2]\n```');
    expect(root.querySelector('button')).toBeNull();
    expect([...root.querySelectorAll('code')].map((code) => code.textContent)).toEqual(['a[1]', 'b[2]']);
  });

  it.each([
    ['First. [1] They ask *Ms* Duval.', 'They ask *Ms* Duval.', 'They ask Ms Duval.'],
    ['- one\n- two is wrong\n- three', 'two is wrong', 'two is wrong'],
    ['| a | b |\n|---|---|\n| c | d e |', 'd e', 'd e'],
    ['Same. Same. [1]\n\nSame. Same.', 'Same.', 'Same.'],
  ])('unsupported_isMarkedWhereItStands %#', (text, span, shown) => {
    const start = text.lastIndexOf(span);
    const root = draw(text, { unsupported: [{ start, end: start + span.length, reason: 'no_citation' }] });
    expect([...root.querySelectorAll('u')].map((mark) => mark.textContent).join('')).toBe(shown);
  });

  it('table_list_heading_code', () => {
    const root = draw('# Title\n\n1. a\n2. b\n\n|x|y|\n|-|-|\n|1|2|\n\n    code');
    expect(root.querySelector('h3')?.textContent).toBe('Title');
    expect(root.querySelectorAll('ol li')).toHaveLength(2);
    expect(root.querySelectorAll('td')).toHaveLength(2);
    expect(root.querySelector('pre')?.textContent).toBe('code');
  });

  it('entities_andPrivateCharacters', () => {
    expect(draw('a &amp; b &lt;c&gt; \uE0001\uE001').textContent).toBe('a & b <c> \uFFFD1\uFFFD');
  });

  it('rightToLeft_isLeftToTheBrowser', () => {
    expect(draw('مرحبا بالعالم').querySelector('p')?.getAttribute('dir')).toBe('auto');
  });
});
