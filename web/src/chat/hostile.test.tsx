// @vitest-environment jsdom
import { render } from 'preact';
import { describe, expect, it } from 'vitest';
import answers from './fixtures/hostile.json';
import { renderMarkdown } from './markdown';
import { QuoteText } from './QuoteText';

/** Everything that could load, run or send something, or that is no part of an answer. */
const FORBIDDEN =
  'script,style,link,meta,base,img,picture,video,audio,source,iframe,frame,object,embed,svg,math,form,input,textarea,select,template';
const INVISIBLE = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}]/u;

function draw(text: string, citations: number[]) {
  const root = document.createElement('div');
  render(
    renderMarkdown(text, {
      numbers: new Set(citations),
      unsupported: [],
      cite: (number) => <button type="button">{number}</button>,
      doubt: (part) => <u>{part}</u>,
    }),
    root,
  );
  return root;
}

function assertHarmless(root: HTMLElement) {
  expect(root.querySelector(FORBIDDEN)).toBeNull();
  expect(root.textContent).not.toMatch(INVISIBLE);
  for (const element of root.querySelectorAll('*')) {
    for (const { name } of element.attributes) expect(name).not.toMatch(/^on|^style$|^src|^srcdoc$|^action$/);
  }
  for (const link of root.querySelectorAll('a')) {
    const href = link.getAttribute('href') ?? '';
    expect(href).toMatch(/^(https?:\/\/|mailto:)/);
    expect(link.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    // The reader sees where it leads: by its name, or beside it.
    const shown = `${link.textContent} ${link.nextElementSibling?.textContent ?? ''}`;
    expect(shown).toContain(href.replace(/^mailto:/, ''));
  }
}

describe('answers about hostile documents', () => {
  it('fixture_hasThemAll', () => {
    expect(answers.length).toBeGreaterThanOrEqual(30);
  });

  it.each(answers.map((answer) => [answer.file, answer] as const))('obeyingModel %s', (_, answer) => {
    const root = draw(answer.text, answer.citations);
    assertHarmless(root);
    const buttons = [...root.querySelectorAll('button')].map((button) => Number(button.textContent));
    expect(answer.citations).toEqual(expect.arrayContaining(buttons));
  });

  it.each(answers.map((answer) => [answer.file, answer] as const))('whileItIsWritten %s', (_, answer) => {
    for (let end = 1; end < answer.text.length; end += 7) {
      expect(draw(answer.text.slice(0, end), answer.citations).querySelector(FORBIDDEN)).toBeNull();
    }
  });

  it.each(answers.map((answer) => [answer.file, answer] as const))('quotes %s', (_, answer) => {
    assertHarmless(draw(answer.quoted, answer.citations));
    for (const quote of answer.quotes) {
      const root = document.createElement('div');
      render(<QuoteText citation={{ quote, displayQuote: null }} />, root);
      expect(root.querySelector('*')).toBeNull();
      assertHarmless(root);
    }
  });

  it('checks_findWhatTheyAreFor', () => {
    const root = document.createElement('div');
    for (const unsafe of [
      '<img src=x>',
      '<p onclick="x">a</p>',
      '<a href="javascript:x" rel="noopener noreferrer nofollow">javascript:x</a>',
      '<a href="https://evil.example/" rel="noopener noreferrer nofollow">bank</a>',
      'a\u202eb',
    ]) {
      root.innerHTML = unsafe;
      expect(() => assertHarmless(root), unsafe).toThrow();
    }
  });
});
