import { expect, it } from 'vitest';
import type { Job } from '../api/types';
import { namedDocuments, progressWords } from './progressWords';

type Running = NonNullable<Job['running']>[number];

const large: Running = {
  documentId: 'd1',
  title: 'customers.csv',
  phase: 'embedding',
  passages: { done: 1200, total: 10000 },
  remainingSeconds: 170,
};
const reading: Running = { documentId: 'd2', title: 'log.txt', phase: 'reading', passages: { done: 0 } };

it('a document that is embedded has figures', () => {
  expect(progressWords(large)).toBe('1,200 of 10,000 passages · about 3 minutes left');
});

it('a document without figures has a phase', () => {
  expect(progressWords(reading)).toBe('being read');
  // Read again after an interruption: the former figures say nothing about the reading.
  expect(progressWords({ ...large, phase: 'reading' })).toBe('being read');
  expect(progressWords({ ...large, phase: 'storing' })).toBe('being stored');
});

it('of many documents only those with figures are named, and the last one in any phase', () => {
  const job = (running: Running[]): Job => ({ id: 'j', status: 'running', running });
  expect(namedDocuments(job([large, reading, reading]))).toEqual([large]);
  expect(namedDocuments(job([reading]))).toEqual([reading]);
  expect(namedDocuments(job([large, large, large, large]))).toHaveLength(3);
  expect(namedDocuments({ id: 'j', status: 'done' })).toEqual([]);
});
