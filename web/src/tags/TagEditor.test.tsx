// @vitest-environment jsdom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, it } from 'vitest';
import { ApiError } from '../api/problem';
import { TagEditor } from './TagEditor';
import { withTag } from './tags';

let root: HTMLElement;

function draw(onSave: (tags: string[]) => Promise<unknown>) {
  root = document.createElement('div');
  document.body.append(root);
  void act(() => render(<TagEditor tags={['contract', 'Berlin']} inherited={['Berlin']} onSave={onSave} />, root));
}

afterEach(() => {
  render(null, root);
  root.remove();
});

async function type(tag: string) {
  const field = root.querySelector('input') as HTMLInputElement;
  await act(() => {
    field.value = tag;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await act(async () => {
    root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  });
}

it('newTag_isStoredBesideItsOwn_withoutThoseOfTheFolder', async () => {
  const saved: string[][] = [];
  draw(async (tags) => saved.push(tags));
  await type('  annex  B ');
  expect(saved).toEqual([['contract', 'annex B']]);
  expect(root.querySelector('input')?.value).toBe('');
  expect(document.activeElement).toBe(root.querySelector('input'));
});

it('tagThatIsThereInOtherLetters_isNotSentAgain', async () => {
  const saved: string[][] = [];
  draw(async (tags) => saved.push(tags));
  await type('BERLIN');
  await type('Ｃontract');
  expect(saved).toEqual([]);
});

it('remove_sendsTheOthers_andTagsOfTheFolderHaveNoButton', async () => {
  const saved: string[][] = [];
  draw(async (tags) => saved.push(tags));
  const buttons = [...root.querySelectorAll('.tags button')] as HTMLButtonElement[];
  expect(buttons.map((button) => button.getAttribute('aria-label'))).toEqual(['Remove the tag “contract”']);
  await act(async () => buttons[0]?.click());
  expect(saved).toEqual([[]]);
});

it('refusal_isShown_andWhatWasTypedStays', async () => {
  draw(() => Promise.reject(new ApiError({ title: 'x', status: 400, code: 'x', detail: 'The tag is too long.' })));
  await type('x'.repeat(101));
  expect(root.querySelector('[role=alert]')?.textContent).toContain('The tag is too long.');
  expect(root.querySelector('input')?.value).toHaveLength(101);
  expect(root.querySelector('input')?.getAttribute('aria-invalid')).toBe('true');
});

it('withTag_ofNothing_isNothing', () => {
  expect(withTag(['a'], [], '  ')).toBeUndefined();
});
