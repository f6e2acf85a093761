import type { JudgedQuestion } from '../api/embedders';

/** Questions of one comparison. */
export const MAX_QUESTIONS = 1000;

export type Questions =
  | { questions: JudgedQuestion[] }
  | { wrong: 'notJson' | 'shape'; line: number }
  | { wrong: 'empty' | 'many' };

/** Reads a file of questions, a JSON object on each line; empty lines do not matter. The first wrong line is told. */
export function readQuestions(text: string): Questions {
  const questions: JudgedQuestion[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  for (const [index, line] of lines.entries()) {
    if (!line.trim()) continue;
    const value = parsed(line);
    if (value === undefined) return { wrong: 'notJson', line: index + 1 };
    const question = questionOf(value);
    if (!question) return { wrong: 'shape', line: index + 1 };
    questions.push(question);
  }
  if (questions.length > MAX_QUESTIONS) return { wrong: 'many' };
  return questions.length ? { questions } : { wrong: 'empty' };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function questionOf(value: unknown): JudgedQuestion | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { question, documents } = value as Partial<Record<string, unknown>>;
  if (typeof question !== 'string' || !question.trim() || !Array.isArray(documents)) return undefined;
  const named = documents.filter((name) => typeof name === 'string' && name.trim());
  return named.length && named.length === documents.length ? { question, documents: named } : undefined;
}
