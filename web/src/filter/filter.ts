import type { FilterCondition, SearchFilter } from '../api/types';
import { fieldName, fieldValue } from '../documents/fieldWords';
import { t } from '../i18n';

/** Conditions that a filter may have, and values of one of them. */
export const MAX_CONDITIONS = 10;
export const MAX_VALUES = 50;
/** Values of a condition that are named. */
const NAMED = 3;

export const NO_FILTER: SearchFilter = { all: [] };

/** Whether it leaves out any document; without conditions all are asked. */
export function isRestricting(filter: SearchFilter | null | undefined): filter is SearchFilter {
  return (filter?.all.length ?? 0) > 0;
}

/** The values of which one must be there; none of a range. */
export function valuesOf({ equals, anyOf }: FilterCondition): string[] {
  if (equals !== undefined && equals !== null) return [`${equals}`];
  return (anyOf ?? []).map((value) => `${value}`);
}

/** A condition in the reader's words, such as “Tag: contract or annex”. */
export function conditionWords(condition: FilterCondition): string {
  return `${fieldName(condition.field)}: ${choiceWords(condition)}`;
}

/** What is asked for, without the name of the field. */
export function choiceWords(condition: FilterCondition): string {
  const { field, from, to } = condition;
  const words = (value: string | number) => fieldValue(field, `${value}`);
  if (hasBound(from) && hasBound(to)) return t('filter.between', { from: words(from), to: words(to) });
  if (hasBound(from)) return t('filter.since', { from: words(from) });
  if (hasBound(to)) return t('filter.until', { to: words(to) });
  const values = valuesOf(condition);
  const named = values.slice(0, values.length > NAMED + 1 ? NAMED : values.length).map(words);
  const rest = values.length - named.length;
  return [...named, ...(rest ? [t('filter.others', { n: rest })] : [])].join(` ${t('filter.or')} `);
}

function hasBound(bound: FilterCondition['from']): bound is string | number {
  return bound !== undefined && bound !== null;
}

/** All conditions in one sentence. */
export function filterWords(filter: SearchFilter): string {
  return filter.all.map(conditionWords).join('; ');
}

export function withoutCondition(filter: SearchFilter, index: number): SearchFilter {
  return { all: filter.all.filter((_, place) => place !== index) };
}
