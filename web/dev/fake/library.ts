import type { ServerResponse } from 'node:http';
import type { Field, Job, SearchFilter } from '../../src/api/types';
import { sleep } from './conversations';
import { type Api, json, problem, type Request, slice } from './server';
import type { Doc, World } from './world';

export const libraryApi: Api = async (request, response, world) => {
  const { method, path, query } = request;
  if (path === '/collections') {
    const [first] = world.collections;
    if (first) first.documents = world.documents.size;
    return json(response, { items: world.collections });
  }
  if (/^\/collections\/[^/]+\/documents\/count$/.test(path))
    return json(response, { documents: passing(JSON.parse(`${request.body}`).filter, world) });
  const inside = /^\/collections\/([^/]+)\/(documents|suggestions|fields)$/.exec(path);
  if (inside?.[2] === 'suggestions') return json(response, { items: suggestions(world) });
  if (inside?.[2] === 'fields') return json(response, { items: fields(world) });
  if (inside) return method === 'POST' ? upload(request, response, world) : list(query, response, world);
  if (path === '/jobs') return json(response, { items: [...world.jobs.values()].reverse().slice(0, 20) });
  const job = /^\/jobs\/([^/]+)(\/events|\/retry)?$/.exec(path);
  if (job?.[1]) return jobs(job[1], job[2], method, response, world);
  const one = /^\/documents\/([^/]+)(?:\/(content|text|reingest|tags))?$/.exec(path);
  const doc = world.documents.get(one?.[1] ?? '');
  if (!one || !doc) return false;
  if (method === 'DELETE') {
    world.documents.delete(doc.id);
    return json(response, undefined, 204);
  }
  if (one[2] === 'text') {
    const { name: _, title: __, ...text } = doc.sample;
    return json(response, { documentId: doc.id, title: doc.title, uri: doc.uri, version: 1, ...text });
  }
  if (one[2] === 'content') {
    response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(doc.bytes);
    return true;
  }
  if (one[2] === 'tags') {
    doc.tags = JSON.parse(`${request.body}`).tags;
    return json(response, shown(doc));
  }
  if (one[2] === 'reingest')
    return json(response, { items: [{ document: shown(doc), job: start(doc, world), existing: true }] }, 202);
  return json(response, shown(doc));
};

function shown({ sample: _, bytes: __, ...item }: Doc) {
  return item;
}

function list(query: URLSearchParams, response: ServerResponse, world: World): true {
  const words = (query.get('query') ?? '').toLowerCase();
  const status = query.get('status');
  const all = [...world.documents.values()]
    .reverse()
    .filter((doc) => doc.title.toLowerCase().includes(words) && (!status || doc.status === status));
  return json(response, slice(all.map(shown), query));
}

/** What documents can be filtered by; the fake answers are the same with any filter. */
function fields(world: World): Field[] {
  const documents = [...world.documents.values()];
  const counted = (field: string, values: string[]): Field => {
    const distinct = [...new Set(values)];
    const count = (value: string) => values.filter((other) => other === value).length;
    const listed = distinct.map((value) => ({ value, documents: count(value) }));
    return { field, kind: 'text', documents: values.length, distinct: distinct.length, values: listed };
  };
  const types = documents.map((doc) => doc.mediaType).filter((type) => type !== undefined);
  return [
    counted(
      'tags',
      documents.flatMap((doc) => doc.tags ?? []),
    ),
    counted('media_type', types),
    counted(
      'metadata.author',
      documents.flatMap((doc) => doc.metadata?.author ?? []),
    ),
    { field: 'created', kind: 'date', documents: 1, distinct: 1, values: [], from: '2024-01-01', to: '2025-12-31' },
  ].filter((field) => field.documents > 0) as Field[];
}

/** How many documents have the chosen tags, types and authors; dates are not compared. */
function passing(filter: SearchFilter, world: World): number {
  const values: Record<string, (doc: Doc) => readonly (string | undefined)[]> = {
    tags: (doc) => doc.tags ?? [],
    media_type: (doc) => [doc.mediaType],
    'metadata.author': (doc) => doc.metadata?.author ?? [],
  };
  return [...world.documents.values()].filter((doc) =>
    filter.all.every(({ field, equals, anyOf }) => {
      const wanted = anyOf ?? [equals];
      return values[field]?.(doc).some((value) => wanted.includes(value)) ?? true;
    }),
  ).length;
}

function suggestions(world: World) {
  return [...world.documents.values()]
    .filter((doc) => doc.status === 'done')
    .flatMap((doc) =>
      doc.sample.headings
        .slice(0, 2)
        .map((heading) => ({ question: `${heading.text} – ${doc.title}`, documentId: doc.id })),
    )
    .slice(0, 5);
}

function upload(request: Request, response: ServerResponse, world: World): true {
  const boundary = /boundary=(.*)$/.exec(request.headers['content-type'] ?? '')?.[1] ?? '';
  const text = request.body.toString('latin1');
  const items = text
    .split(`--${boundary}`)
    .filter((part) => part.includes('filename="'))
    .map((part) => {
      const name = Buffer.from(/filename="([^"]*)"/.exec(part)?.[1] ?? 'file', 'latin1').toString('utf8');
      return { name, bytes: Buffer.from(part.slice(part.indexOf('\r\n\r\n') + 4, -2), 'latin1') };
    });
  if (items.some(({ name }) => name.endsWith('.zip')))
    return problem(response, 415, 'unsupported_format', 'Archives are not read. Unpack it and add the files in it.');
  const onConflict = request.query.get('onConflict') ?? 'refuse';
  const added = items.map(({ name, bytes }) => store(name, bytes, onConflict, world));
  if (added.every((item) => item.outcome === 'refused'))
    return problem(response, 409, 'document_exists', 'The collection has another document of this name.');
  return json(response, { items: added }, 202);
}

function store(name: string, bytes: Buffer, onConflict: string, world: World) {
  const named = (path: string) => [...world.documents.values()].find((doc) => doc.uri === `upload:${path}`);
  const there = named(name);
  if (there?.bytes.equals(bytes)) return { document: shown(there), outcome: 'existing', existing: true };
  if (there && onConflict === 'refuse') return { document: shown(there), outcome: 'refused', existing: false };
  let path = name;
  if (there && onConflict === 'replace') world.documents.delete(there.id);
  else for (let n = 2; named(path); n++) path = name.replace(/(\.[^.]*)?$/, ` (${n})$1`);
  const doc = world.upload(path, bytes);
  const outcome = !there ? 'added' : onConflict === 'replace' ? 'replaced' : 'renamed';
  return { path, outcome, document: shown(doc), job: start(doc, world), existing: false };
}

function start(doc: Doc, world: World): Job {
  const job: Job = {
    id: world.id('j'),
    status: 'queued',
    documents: { done: 0, failed: 0, total: 1 },
    passages: { done: 0, total: 0 },
  };
  world.jobs.set(job.id, job);
  world.jobDocuments.set(job.id, doc.id);
  Object.assign(doc, { status: 'queued', reason: undefined });
  void work(doc, job);
  return job;
}

async function work(doc: Doc, job: Job): Promise<void> {
  await sleep(400);
  const total = Math.max(4, Math.round(doc.size ? doc.size / 100 : 4));
  job.status = doc.status = 'running';
  for (let done = 0; done <= total && job.status === 'running'; done += Math.ceil(total / 12)) {
    job.passages = { done, total };
    await sleep(150);
  }
  if (job.status !== 'running') return;
  const empty = doc.bytes.length === 0;
  job.status = 'done';
  doc.status = empty ? 'failed' : 'done';
  job.documents = { done: empty ? 0 : 1, failed: empty ? 1 : 0, total: 1 };
  if (empty) doc.reason = 'The file is empty. Add a file with content.';
  else doc.passages = total;
}

async function jobs(
  id: string,
  rest: string | undefined,
  method: string,
  response: ServerResponse,
  world: World,
): Promise<boolean> {
  const job = world.jobs.get(id);
  const doc = world.documents.get(world.jobDocuments.get(id) ?? '');
  if (!job || !doc) return problem(response, 404, 'not_found', 'There is no such job.');
  if (rest === '/retry') return json(response, { job: Object.assign(job, start(doc, world), { id }) });
  if (method === 'DELETE') {
    job.status = 'cancelled';
    return json(response, undefined, 204);
  }
  if (!rest) return json(response, job);
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  for (let n = 1; !response.destroyed; n++) {
    const ended = !['queued', 'running'].includes(job.status);
    response.write(`id: ${n}\nevent: ${ended ? 'finished' : 'progress'}\ndata: ${JSON.stringify({ job })}\n\n`);
    if (ended) break;
    await sleep(120);
  }
  response.end();
  return true;
}
