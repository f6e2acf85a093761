import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { accountsApi } from './accounts';
import { conversationsApi } from './conversations';
import { libraryApi } from './library';
import { World } from './world';

export interface Request {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: Buffer;
  raw: IncomingMessage;
}

export type Api = (request: Request, response: ServerResponse, world: World) => Promise<boolean> | boolean;

export interface Fake {
  world: World;
  url: string;
  /** Closes the sockets; what was said is kept. */
  goAway: () => Promise<void>;
  comeBack: () => Promise<void>;
}

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/** A stand-in for the server, for building the page; the tests of record meet the real one. */
export async function startFake(dist: string, port = 0): Promise<Fake> {
  const world = new World();
  let server: Server;
  const listen = async (on: number) => {
    server = createServer((raw, response) => void handle(raw, response, world, dist));
    await new Promise<void>((resolve) => server.listen(on, '127.0.0.1', resolve));
    const address = server.address();
    return typeof address === 'object' && address ? address.port : on;
  };
  const used = await listen(port);
  return {
    world,
    url: `http://127.0.0.1:${used}`,
    goAway: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    comeBack: async () => void (await listen(used)),
  };
}

async function handle(raw: IncomingMessage, response: ServerResponse, world: World, dist: string): Promise<void> {
  const url = new URL(raw.url ?? '/', 'http://fake');
  const chunks: Buffer[] = [];
  for await (const chunk of raw) chunks.push(chunk as Buffer);
  const request: Request = {
    method: raw.method ?? 'GET',
    path: url.pathname.replace(/^\/api\/v1/, ''),
    query: url.searchParams,
    headers: raw.headers,
    body: Buffer.concat(chunks),
    raw,
  };
  if (!url.pathname.startsWith('/api/v1')) return page(url.pathname, response, dist);
  for (const api of [accountsApi, conversationsApi, libraryApi]) if (await api(request, response, world)) return;
  problem(response, 404, 'not_found', 'There is no such thing here.');
}

async function page(path: string, response: ServerResponse, dist: string): Promise<void> {
  const name = extname(path) ? path : '/index.html';
  const content = await readFile(join(dist, name)).catch(() => undefined);
  response.writeHead(content ? 200 : 404, {
    'Content-Type': TYPES[extname(name)] ?? 'text/html; charset=utf-8',
    'Content-Security-Policy': CSP,
  });
  response.end(content);
}

export function json(response: ServerResponse, body: unknown, status = 200): true {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
  return true;
}

export function problem(response: ServerResponse, status: number, code: string, detail: string): true {
  response.writeHead(status, { 'Content-Type': 'application/problem+json' });
  response.end(JSON.stringify({ type: 'about:blank', title: code, status, code, detail, requestId: '7f3a9c21' }));
  return true;
}

/** Items after the cursor, which is a place in the list. */
export function slice<T>(all: T[], query: URLSearchParams, name = 'cursor'): { items: T[]; next?: string } {
  const from = Number(query.get(name) ?? 0);
  const to = from + Number(query.get('limit') ?? 50);
  return { items: all.slice(from, to), ...(to < all.length ? { next: `${to}` } : {}) };
}
