import { describe, expect, it } from 'vitest';
import { choose, draftOf, faultOf, filterOfDraft, hasTooMany, NOTHING, toggled } from './draft';

describe('draft', () => {
  it('filter_isThereAndBack', () => {
    const filter = {
      all: [
        { field: 'tags', anyOf: ['contract'] },
        { field: 'created', from: '2025-01-01T08:00:00Z' },
      ],
    };
    expect(filterOfDraft(draftOf(filter))).toEqual(filter);
  });

  it('secondConditionOfAField_isKept', () => {
    const draft = draftOf({
      all: [
        { field: 'tags', equals: 'a' },
        { field: 'tags', equals: 'b' },
      ],
    });
    const changed = choose(draft, 'tags', { values: [] });
    expect(filterOfDraft(changed)).toEqual({ all: [{ field: 'tags', equals: 'b' }] });
  });

  it('fieldWithNothingChosen_hasNoCondition', () => {
    const draft = choose(draftOf({ all: [] }), 'created', { from: '', to: '2025-12-31' });
    expect(filterOfDraft(draft)).toEqual({ all: [{ field: 'created', to: '2025-12-31' }] });
    expect(filterOfDraft(choose(draft, 'created', { to: '' }))).toEqual({ all: [] });
  });

  it('moreThanTenConditions_areTooMany', () => {
    const all = Array.from({ length: 11 }, (_, n) => ({ field: `metadata.${n}`, equals: 'x' }));
    expect(hasTooMany({ all })).toBe(true);
    expect(hasTooMany({ all: all.slice(1) })).toBe(false);
  });
});

it('toggled_addsAndRemoves', () => {
  expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
  expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
});

describe('faultOf', () => {
  const range = (from: string, to: string) => ({ ...NOTHING, from, to });
  it.each([
    [range('2025-02-01', '2025-01-31'), 'date', 'order'],
    [range('2025-01-31', '2025-01-31'), 'date', undefined],
    [range('9', '10'), 'number', undefined],
    [range('10', '9'), 'number', 'order'],
    [range('', 'many'), 'number', 'number'],
    [range('2025-01-31', ''), 'date', undefined],
    [{ ...NOTHING, values: Array.from({ length: 51 }, (_, n) => `${n}`) }, 'text', 'values'],
  ] as const)('%j %s: %s', (choice, kind, fault) => {
    expect(faultOf(choice, kind)).toBe(fault);
  });
});
