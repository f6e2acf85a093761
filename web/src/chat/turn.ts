import type { Connection } from '../api/streamReader';
import type {
  Answer,
  AnswerMessage,
  Citation,
  Feedback,
  FoundPassage,
  Problem,
  QuestionMessage,
  SearchFilter,
  Unsupported,
} from '../api/types';
import { isRestricting } from '../filter/filter';
import type { AnswerEvent } from './events';

/** A question with its answer, as far as it is known. */
export interface Turn {
  /** Stays the same while it is shown. */
  key: string;
  question: { id?: string; content: string; filter?: SearchFilter };
  messageId?: string;
  /** `asking` until the server has taken the question, `searching` until the first text. */
  phase: 'asking' | 'searching' | 'writing' | 'done';
  text: string;
  passages: FoundPassage[];
  citations: Citation[];
  unsupported: Unsupported[];
  /** There when it has come to its end by an event. */
  answer?: Answer;
  /** Why it failed. */
  problem?: Problem;
  connection: Connection;
  /** The reader asked to stop it. */
  stopping: boolean;
  feedback?: Feedback;
  createdAt?: string;
  /** Asked just now: its place on the screen is reserved. */
  fresh: boolean;
}

export type TurnAction =
  | AnswerEvent
  | { name: 'connection'; state: Connection }
  | { name: 'stopping' }
  | { name: 'refused'; problem: Problem }
  | { name: 'feedback'; feedback: Feedback | undefined };

export function newTurn(key: string, content: string, fresh = true, filter: SearchFilter | null = null): Turn {
  return {
    key,
    question: { content, ...(isRestricting(filter) ? { filter } : {}) },
    phase: 'asking',
    text: '',
    passages: [],
    citations: [],
    unsupported: [],
    connection: 'connected',
    stopping: false,
    fresh,
  };
}

/** A turn as it is kept; without an answer message its answer never began. */
export function storedTurn(question: QuestionMessage, reply: AnswerMessage | undefined): Turn {
  const asked = newTurn(question.id, question.content, false, question.filter);
  const turn = { ...asked, question: { ...asked.question, id: question.id } };
  if (!reply) return { ...turn, phase: 'done', problem: { title: 'Interrupted', status: 0, code: 'interrupted' } };
  const kept: Turn = {
    ...turn,
    messageId: reply.id,
    phase: 'searching',
    createdAt: reply.createdAt,
    ...(reply.feedback ? { feedback: reply.feedback } : {}),
  };
  return reply.answer ? finish(kept, reply.answer) : kept;
}

/** What is shown after an event. Pure: the same events always make the same turn. */
export function reduce(turn: Turn, action: TurnAction): Turn {
  switch (action.name) {
    case 'started':
      // A stream that is read again from its start begins with nothing.
      return {
        ...turn,
        messageId: action.data.messageId,
        question: { ...turn.question, id: action.data.questionId ?? turn.question.id },
        phase: 'searching',
        text: '',
        citations: [],
        unsupported: [],
        connection: 'connected',
      };
    case 'passages':
      return { ...turn, passages: action.data.items };
    case 'delta':
      return { ...turn, phase: 'writing', text: turn.text + action.data.text };
    case 'citations':
      return { ...turn, citations: action.data.citations, unsupported: action.data.unsupported };
    case 'finished':
      return finish(turn, action.data.answer);
    case 'failed':
      return fail(action.data.answer ? finish(turn, action.data.answer) : turn, action.data.problem);
    case 'refused':
      return fail(turn, action.problem);
    case 'connection':
      return turn.phase === 'done' ? turn : { ...turn, connection: action.state };
    case 'stopping':
      return turn.phase === 'done' ? turn : { ...turn, stopping: true };
    case 'feedback': {
      const { feedback: _, ...rest } = turn;
      return action.feedback ? { ...rest, feedback: action.feedback } : rest;
    }
  }
}

function finish(turn: Turn, answer: Answer): Turn {
  return {
    ...turn,
    messageId: answer.id || (turn.messageId ?? ''),
    phase: 'done',
    text: answer.text || (answer.status === 'failed' ? turn.text : ''),
    citations: answer.citations ?? [],
    unsupported: answer.unsupported ?? [],
    passages: answer.nearest ?? turn.passages,
    answer,
    stopping: false,
    connection: 'connected',
  };
}

function fail(turn: Turn, problem: Problem): Turn {
  return { ...turn, phase: 'done', problem, stopping: false, connection: 'connected' };
}
