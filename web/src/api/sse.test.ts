import { describe, expect, it } from 'vitest';
import { eventsOf, SseParser } from './sse';

const all = (text: string) => new SseParser().push(text);

describe('SseParser', () => {
  it('event_withAllFields', () => {
    expect(all('id: 7\nevent: delta\ndata: {"a":1}\n\n')).toEqual([{ id: '7', event: 'delta', data: '{"a":1}' }]);
  });

  it('anyCut_givesTheSameEvents', () => {
    const text = '\uFEFFid: 1\r\nevent: a\r\ndata: x\r\ndata: y\r\n\r\n: comment\n\nid: 2\rdata:z\r\rdata\n\n';
    const whole = all(text);
    expect(whole.map((event) => event.data)).toEqual(['x\ny', 'z', '']);
    for (let size = 1; size < 9; size++) {
      const parser = new SseParser();
      const events = [];
      for (let at = 0; at < text.length; at += size) events.push(...parser.push(text.slice(at, at + size)));
      expect(events, `pieces of ${size}`).toEqual(whole);
    }
  });

  it('id_staysForEventsWithoutOne', () => {
    expect(all('id: 3\ndata: a\n\ndata: b\n\n').map((event) => event.id)).toEqual(['3', '3']);
  });

  it('unfinishedAndEmptyEvents_areDropped', () => {
    expect(all('event: x\n\ndata: a')).toEqual([]);
  });

  it('endlessLine_isRefused', () => {
    const parser = new SseParser(100);
    expect(() => parser.push('x'.repeat(101))).toThrow(RangeError);
  });

  it('endlessData_isRefused', () => {
    const parser = new SseParser(100);
    expect(() => {
      for (let line = 0; line < 20; line++) parser.push('data: 1234567890\n');
    }).toThrow(RangeError);
  });
});

describe('eventsOf', () => {
  it('charactersCutInTheMiddle_areWhole', async () => {
    const bytes = new TextEncoder().encode('data: Grüße 🙂\n\n');
    const body = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const events = [];
    for await (const event of eventsOf(new Response(body))) events.push(event.data);
    expect(events).toEqual(['Grüße 🙂']);
  });

  it('silence_endsTheStream', async () => {
    const body = new ReadableStream({ pull: () => new Promise(() => undefined) });
    const events = [];
    for await (const event of eventsOf(new Response(body), 20)) events.push(event);
    expect(events).toEqual([]);
  });
});
