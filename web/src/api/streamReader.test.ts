import { describe, expect, it } from 'vitest';
import { ApiError, offline } from './problem';
import { followStream } from './streamReader';

const stream = (text: string) => new Response(text);
const backOff = () => 1;

describe('follow', () => {
  it('brokenStream_isOpenedAgainAfterTheLastEvent', async () => {
    const asked: (string | undefined)[] = [];
    const seen: string[] = [];
    const states: string[] = [];
    const answers = [
      () => stream('id: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\ndata: lost'),
      () => {
        throw offline();
      },
      () => stream('id: 3\ndata: c\n\n'),
    ];
    await followStream({
      open: async (last) => {
        asked.push(last);
        return (answers.shift() ?? (() => stream('')))();
      },
      onEvent: (event) => {
        seen.push(event.data);
        return event.data === 'c';
      },
      onConnection: (state) => states.push(state),
      signal: new AbortController().signal,
      backOff,
    });
    expect(asked).toEqual([undefined, '2', '2']);
    expect(seen).toEqual(['a', 'b', 'c']);
    expect(states).toEqual(['connected', 'waiting', 'waiting', 'connected']);
  });

  it('refusal_isNotRepeated', async () => {
    let calls = 0;
    const following = followStream({
      open: async () => {
        calls++;
        throw new ApiError({ title: 'Not found', status: 404, code: 'not_found' });
      },
      onEvent: () => false,
      signal: new AbortController().signal,
      backOff,
    });
    await expect(following).rejects.toMatchObject({ code: 'not_found' });
    expect(calls).toBe(1);
  });

  it('abort_endsTheWaiting', async () => {
    const controller = new AbortController();
    const following = followStream({
      open: async () => {
        throw offline();
      },
      onEvent: () => false,
      signal: controller.signal,
      backOff: () => 60_000,
    });
    setTimeout(() => controller.abort(), 5);
    await expect(following).resolves.toBeUndefined();
  });
});
