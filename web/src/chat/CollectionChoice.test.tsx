// @vitest-environment jsdom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, it } from 'vitest';
import { askedCollections, askOnly, collections } from '../documents/collections';
import { CollectionChoice } from './CollectionChoice';
import { CollectionsDialog } from './CollectionsDialog';

HTMLDialogElement.prototype.showModal ??= () => {};
HTMLDialogElement.prototype.close ??= () => {};

it('severalCollections_areChosen_andShownInTheQuestionBox', async () => {
  collections.value = ['A', 'B', 'C'].map((name) => ({ id: name.toLowerCase(), name }));
  askOnly('b');
  const dialog = document.body.appendChild(document.createElement('div'));
  let closed = 0;
  act(() => render(<CollectionsDialog onClose={() => closed++} />, dialog));
  const boxes = [...dialog.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];
  expect(boxes.map((box) => box.checked)).toEqual([false, true, false]);
  act(() => boxes[1]?.click());
  const submit = dialog.querySelector<HTMLButtonElement>('button[type=submit]');
  expect(submit?.getAttribute('aria-disabled')).toBe('true');
  act(() => boxes[0]?.click());
  act(() => boxes[2]?.click());
  act(() => submit?.click());
  expect(closed).toBe(1);
  expect(askedCollections()).toEqual(['a', 'c']);

  const root = document.body.appendChild(document.createElement('div'));
  act(() => render(<CollectionChoice />, root));
  const select = root.querySelector('select');
  expect(select?.selectedOptions[0]?.textContent).toBe('2 collections');
  expect([...(select?.options ?? [])].map((option) => option.textContent)).toEqual([
    'All collections',
    '2 collections',
    'A',
    'B',
    'C',
    'Choose several collections',
  ]);
  act(() => {
    if (select) select.value = 'c';
    select?.dispatchEvent(new Event('change'));
  });
  expect(askedCollections()).toEqual(['c']);
});
