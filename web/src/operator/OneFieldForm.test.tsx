// @vitest-environment jsdom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, it } from 'vitest';
import { ApiError } from '../api/problem';
import { OneFieldForm } from './OneFieldForm';

const wrong = new ApiError({ title: 'x', status: 400, code: 'x', detail: 'The path is not absolute.' });
let root: HTMLElement;

async function send(typed: string, onSubmit: (value: string) => Promise<void>, earlier?: ApiError) {
  root = document.createElement('div');
  const form = (
    <OneFieldForm
      type="text"
      label="Folder"
      hint="Its path"
      action={{ rest: 'Add', busy: 'Adding' }}
      onSubmit={onSubmit}
      earlier={earlier}
      describe={(error) => ({ ...error.problem, detail: `So: ${error.problem.detail}` })}
    />
  );
  await act(() => render(form, root));
  const field = root.querySelector('input') as HTMLInputElement;
  await act(() => {
    field.value = typed;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await act(async () => {
    root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  });
  return field;
}

afterEach(() => render(null, root));

it('refusal_isSaidInOtherWords_andWhatWasTypedStays', async () => {
  const field = await send('reports', () => Promise.reject(wrong));
  expect(root.querySelector('[role=alert]')?.textContent).toContain('So: The path is not absolute.');
  expect(field.value).toBe('reports');
});

it('success_emptiesTheField_andTakesBackTheEarlierRefusal', async () => {
  const sent: string[] = [];
  const field = await send('/srv', async (value) => void sent.push(value));
  expect(sent).toEqual(['/srv']);
  expect(field.value).toBe('');
  expect(root.querySelector('[role=alert]')).toBeNull();
});

it('earlierRefusal_isShownUntilTheFormIsSentAgain', async () => {
  let finish = () => {};
  await send('key', () => new Promise((resolve) => (finish = resolve)), wrong);
  expect(root.querySelector('[role=alert]')).toBeNull();
  expect(root.querySelector('button')?.textContent).toBe('Adding');
  await act(async () => finish());
});
