// @vitest-environment jsdom
import { expect, test } from 'vitest';
import type { Answer } from '../api/types';
import { metaOf } from './AnswerActions';

const of = (model: string, answeringModel: string | null) => metaOf({ model, answeringModel } as Answer).join(' · ');

test('another model than the configured one is shown, a version of it is not', () => {
  expect(of('gemini:gemini-2.5-pro', 'gemini-3.8-flash')).toContain('gemini-3.8-flash');
  expect(of('openai:gpt-5-mini', 'gpt-5-mini-2025-08-07')).not.toContain('2025');
  expect(of('eu:mistralai/Mistral-Small', 'mistral-small')).not.toContain(' · ');
  expect(of('gemini:gemini-2.5-pro', null)).not.toContain(' · ');
});
