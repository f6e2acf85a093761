import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * The line between browser and server: it can be cut, and it can be slow for streams, so that a test can look at an answer that is being
 * written, whatever the server's speed.
 */
export interface NetworkProxy {
  url: string;
  /** Cuts every connection and refuses new ones, as a server that was stopped does. */
  cut: () => Promise<void>;
  mend: () => Promise<void>;
  /** Milliseconds between two events of a stream. */
  pace: number;
  close: () => Promise<void>;
}

export async function startNetworkProxy(server: string): Promise<NetworkProxy> {
  const { hostname, port } = new URL(server);
  const sockets = new Set<Socket>();
  let listener: Server | undefined;
  let own = 0;
  const listen = async () => {
    if (listener?.listening) return;
    const fresh = createServer((browser) => {
      const upstream = connect(Number(port), hostname);
      for (const socket of [browser, upstream]) {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
        socket.on('error', () => socket.destroy());
      }
      browser.on('close', () => upstream.destroy());
      browser.on('data', (data) => upstream.write(data));
      browser.on('end', () => upstream.end());
      forward(upstream, browser, () => line.pace);
    });
    await new Promise<void>((resolve) => fresh.listen(own, '127.0.0.1', resolve));
    listener = fresh;
    const address = fresh.address();
    if (typeof address === 'object' && address) own = address.port;
  };
  const cut = () =>
    new Promise<void>((resolve) => {
      if (!listener?.listening) resolve();
      listener?.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  const line: NetworkProxy = { url: '', pace: 0, cut, mend: listen, close: cut };
  await listen();
  line.url = `http://127.0.0.1:${own}`;
  return line;
}

/** Bytes go through as they come, but those of an event stream one event at a time. */
function forward(from: Socket, to: Socket, pace: () => number): void {
  const waiting: Buffer[] = [];
  let sending = false;
  let streaming = false;
  let ended = false;
  const next = () => {
    const part = waiting.shift();
    sending = part !== undefined;
    if (part === undefined) {
      if (ended) to.end();
      return;
    }
    to.write(part);
    setTimeout(next, streaming && part.includes('data:') ? pace() : 0);
  };
  from.on('data', (data) => {
    if (data.includes('text/event-stream')) streaming = true;
    else if (data.subarray(0, 9).toString() === 'HTTP/1.1 ') streaming = false;
    waiting.push(...(streaming && pace() > 0 ? events(data) : [data]));
    if (!sending) next();
  });
  from.on('end', () => {
    ended = true;
    if (!sending) next();
  });
  from.on('close', () => {
    ended = true;
    if (!sending) to.end();
  });
}

/** Cut after each empty line. Chunk sizes in between do no harm: the bytes stay in order. */
function events(data: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = data.indexOf('\n\n'); at >= 0; at = data.indexOf('\n\n', from)) {
    parts.push(data.subarray(from, at + 2));
    from = at + 2;
  }
  if (from < data.length) parts.push(data.subarray(from));
  return parts;
}
