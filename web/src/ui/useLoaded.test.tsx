// @vitest-environment jsdom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ApiError } from '../api/problem';
import { type Loaded, useLoaded } from './useLoaded';

interface Request {
  id: string;
  signal: AbortSignal;
  resolve: (value: string) => void;
  reject: (error: unknown) => void;
}

let root: HTMLElement;
let requests: Request[];
let seen: Loaded<string>;

function Page({ id }: { id: string }) {
  seen = useLoaded(
    (signal) => new Promise<string>((resolve, reject) => requests.push({ id, signal, resolve, reject })),
    [id],
  );
  return null;
}

const show = (id: string) => act(() => render(<Page id={id} />, root));
const answer = (place: number, value: string) => act(async () => requests[place]?.resolve(value));

beforeEach(() => {
  root = document.createElement('div');
  requests = [];
});
afterEach(() => render(null, root));

it('otherKeys_showNothingOfTheOldOnes_andDropWhatComesLate', async () => {
  await show('a');
  await answer(0, 'text of a');
  expect(seen.value).toBe('text of a');
  await show('b');
  expect(seen.value).toBeUndefined();
  await show('c');
  expect(requests[1]?.signal.aborted).toBe(true);
  await answer(1, 'text of b');
  expect(seen.value).toBeUndefined();
  await answer(2, 'text of c');
  expect(seen.value).toBe('text of c');
});

it('retry_takesTheErrorAway_andRefreshKeepsWhatIsShown', async () => {
  await show('a');
  await act(async () => requests[0]?.reject(new ApiError({ title: 'x', status: 503, code: 'away' })));
  expect(seen.error?.code).toBe('away');
  await act(() => seen.retry());
  expect(seen.error).toBeUndefined();
  await answer(1, 'first');
  await act(() => seen.refresh());
  expect(seen.value).toBe('first');
  await answer(2, 'second');
  expect(seen.value).toBe('second');
  await act(() => seen.replace('third'));
  expect(seen.value).toBe('third');
});
