import type { Field, FilterCondition, SearchFilter } from '../api/types';
import { MAX_CONDITIONS, MAX_VALUES, valuesOf } from './filter';

/** What is chosen for one field while the filter is being changed. */
export interface Choice {
  values: readonly string[];
  /** Of dates and numbers, as they are typed; empty for no bound. */
  from: string;
  to: string;
}

/** Choices by field, and conditions that cannot be changed in the dialog: further ones of the same field. */
export interface Draft {
  choices: Readonly<Record<string, Choice>>;
  kept: readonly FilterCondition[];
}

export const NOTHING: Choice = { values: [], from: '', to: '' };

export function draftOf(filter: SearchFilter): Draft {
  const choices: Record<string, Choice> = {};
  const kept: FilterCondition[] = [];
  for (const condition of filter.all) {
    if (Object.hasOwn(choices, condition.field)) kept.push(condition);
    else choices[condition.field] = choiceOf(condition);
  }
  return { choices, kept };
}

function choiceOf(condition: FilterCondition): Choice {
  return { values: valuesOf(condition), from: `${condition.from ?? ''}`, to: `${condition.to ?? ''}` };
}

export function choose(draft: Draft, field: string, change: Partial<Choice>): Draft {
  const before = draft.choices[field] ?? NOTHING;
  return { ...draft, choices: { ...draft.choices, [field]: { ...before, ...change } } };
}

/** Adds or removes a value. */
export function toggled(values: readonly string[], value: string): string[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}

/** The filter that the draft asks for: a field with neither values nor bounds has no condition. Values go before bounds. */
export function filterOfDraft({ choices, kept }: Draft): SearchFilter {
  const all = Object.entries(choices).flatMap(([field, { values, from, to }]): FilterCondition[] => {
    if (values.length) return [{ field, anyOf: [...values] }];
    if (!from && !to) return [];
    return [{ field, ...(from ? { from } : {}), ...(to ? { to } : {}) }];
  });
  return { all: [...all, ...kept] };
}

export type Fault = 'order' | 'number' | 'values';

/** What is wrong with the choice for a field; undefined when nothing is. */
export function faultOf(choice: Choice, kind: Field['kind']): Fault | undefined {
  if (choice.values.length > MAX_VALUES) return 'values';
  if (choice.values.length) return undefined;
  const { from, to } = choice;
  if (kind === 'number' && [from, to].some((bound) => bound.trim() && !Number.isFinite(Number(bound)))) return 'number';
  if (!from || !to) return undefined;
  const reversed = kind === 'number' ? Number(from) > Number(to) : from.slice(0, 10) > to.slice(0, 10);
  return reversed ? 'order' : undefined;
}

export function hasTooMany(filter: SearchFilter): boolean {
  return filter.all.length > MAX_CONDITIONS;
}
