import type { ServerResponse } from 'node:http';
import type { Answer, AnswerMessage, Ask, QuestionMessage } from '../../src/api/types';
import { type Api, json, problem, type Request, slice } from './server';
import type { Stream, World } from './world';

/** Milliseconds between the pieces of an answer. */
export const pace = { delta: 35, start: 350 };

export const conversationsApi: Api = (request, response, world) => {
  const { method, path, query } = request;
  if (path === '/conversations') {
    if (method === 'POST') return create(request, response, world);
    const all = [...world.conversations.values()].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
    return json(response, slice(all, query));
  }
  if (/^\/messages\/[^/]+\/feedback$/.test(path)) return feedback(request, response, world);
  const match = /^\/conversations\/([^/]+)(?:\/(.*))?$/.exec(path);
  if (!match?.[1]) return false;
  const conversation = world.conversations.get(match[1]);
  if (!conversation) return problem(response, 404, 'not_found', 'There is no such conversation.');
  const rest = match[2];
  if (rest === undefined) {
    if (method === 'DELETE') world.conversations.delete(conversation.id);
    if (method === 'PATCH') Object.assign(conversation, JSON.parse(request.body.toString()));
    return method === 'DELETE' ? json(response, undefined, 204) : json(response, conversation);
  }
  if (rest === 'messages' && method === 'GET')
    return json(response, slice([...(world.messages.get(conversation.id) ?? [])].reverse(), query, 'before'));
  if (rest === 'messages') return ask(conversation.id, request, response, world);
  if (rest === 'export') return exported(conversation.id, query.get('format') ?? 'markdown', response, world);
  const one = /^messages\/([^/]+)\/(events|stop)$/.exec(rest);
  const stream = world.streams.get(one?.[1] ?? '');
  if (!stream) return problem(response, 404, 'not_found', 'There is no such message.');
  if (one?.[2] === 'events') return write(stream, Number(request.headers['last-event-id'] ?? 0), response);
  stream.stopped = true;
  return json(response, undefined, 204);
};

function create(request: Request, response: ServerResponse, world: World): true {
  const now = new Date().toISOString();
  const conversation = {
    id: world.id('c'),
    title: '',
    createdAt: now,
    updatedAt: now,
    collections: [],
    ...JSON.parse(`${request.body}` || '{}'),
  };
  world.conversations.set(conversation.id, conversation);
  world.messages.set(conversation.id, []);
  return json(response, conversation, 201);
}

function feedback({ path, body }: Request, response: ServerResponse, world: World): true {
  const id = path.split('/')[2];
  for (const list of world.messages.values())
    for (const message of list)
      if (message.id === id && message.role === 'answer') message.feedback = JSON.parse(`${body}`);
  return json(response, JSON.parse(`${body}`));
}

function ask(id: string, request: Request, response: ServerResponse, world: World): true {
  const { content, replaces, filter } = JSON.parse(`${request.body}`) as Ask;
  const key = `${request.headers['idempotency-key']}`;
  const before = world.streams.get(world.asked.get(key) ?? '');
  if (before) return write(before, 0, response);
  if (content.includes('limit'))
    return problem(response, 429, 'too_many_requests', 'Too many questions at once. Ask again in a minute.');
  const list = world.messages.get(id) ?? [];
  const at = replaces ? list.findIndex((message) => message.id === replaces) : -1;
  if (at >= 0) list.splice(at);
  const now = new Date().toISOString();
  const question: QuestionMessage = {
    id: world.id('q'),
    role: 'question',
    content,
    createdAt: now,
    filter: filter ?? null,
  };
  const answer: AnswerMessage = { id: world.id('a'), role: 'answer', questionId: question.id, createdAt: now };
  list.push(question, answer);
  world.asked.set(key, answer.id);
  const conversation = world.conversations.get(id);
  if (conversation) Object.assign(conversation, { title: conversation.title || content.slice(0, 60), updatedAt: now });
  const stream: Stream = { conversation: id, frames: [], done: false, stopped: false, text: '', wake: new Set() };
  world.streams.set(answer.id, stream);
  void generate(stream, question, answer, world);
  return write(stream, 0, response);
}

async function generate(
  stream: Stream,
  question: QuestionMessage,
  message: AnswerMessage,
  world: World,
): Promise<void> {
  const emit = (event: string, data: unknown) => {
    stream.frames.push(`id: ${stream.frames.length + 1}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    for (const wake of stream.wake) wake();
  };
  const { answer, passages } = world.answer(message.id, question.content);
  emit('started', { messageId: message.id, conversationId: stream.conversation, questionId: question.id });
  await sleep(pace.start);
  emit('passages', { items: passages });
  await sleep(pace.start);
  for (const piece of answer.text.match(/\S+\s*/g) ?? []) {
    if (stream.stopped) break;
    stream.text += piece;
    emit('delta', { text: piece });
    await sleep(pace.delta);
  }
  const end: Answer = stream.stopped
    ? { ...answer, status: 'failed', reason: 'stopped', text: stream.text, citations: [], unsupported: [] }
    : answer;
  emit('citations', { citations: end.citations, unsupported: end.unsupported });
  message.answer = end;
  stream.done = true;
  emit('finished', { answer: end });
}

function write(stream: Stream, after: number, response: ServerResponse): true {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  let at = after;
  const wake = () => {
    while (at < stream.frames.length) response.write(stream.frames[at++] ?? '');
    if (stream.done) {
      stream.wake.delete(wake);
      response.end();
    }
  };
  stream.wake.add(wake);
  response.on('close', () => stream.wake.delete(wake));
  wake();
  return true;
}

function exported(id: string, format: string, response: ServerResponse, world: World): true {
  const list = world.messages.get(id) ?? [];
  const text = list
    .map((message) => (message.role === 'question' ? `## ${message.content}` : (message.answer?.text ?? '')))
    .join('\n\n');
  response.writeHead(200, {
    'Content-Type': format === 'json' ? 'application/json' : 'text/markdown',
    'Content-Disposition': `attachment; filename="conversation.${format === 'json' ? 'json' : 'md'}"`,
  });
  response.end(format === 'json' ? JSON.stringify({ messages: list }) : text);
  return true;
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
