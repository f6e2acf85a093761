import { describe, expect, it } from 'vitest';
import type { AuditEntry, RuntimeSetting } from '../api/audit';
import type { ApiKey } from '../api/keys';
import { expiryOf, expiryWords } from '../keys/keyWords';
import { AUDIT_ACTIONS, actionWords, callersOf, callerWords, dayRange, detailWords } from './auditWords';
import { choicesOf, editableValue, isChanged } from './options';

const entry: AuditEntry = { sequence: 7, at: '2026-11-27T08:00:00Z', action: 'key.created', outcome: 'done' };

describe('audit', () => {
  it('action_inWords_ofANewerServerAsItIsNamed', () => {
    expect(actionWords('collection.deleted')).toBe('Collection deleted');
    expect(actionWords('moon.landed')).toBe('moon.landed');
    expect(actionWords('constructor')).toBe('constructor');
    expect(AUDIT_ACTIONS).toContain('sign_in.failed');
  });

  it('caller_byName_elseById_elseNobody', () => {
    expect(callerWords({ ...entry, caller: 'user:u1', callerName: 'Ada' })).toBe('Ada');
    expect(callerWords({ ...entry, caller: 'user:u1' })).toBe('user:u1');
    expect(callerWords(entry)).toBe('Not signed in');
    const renamed = { ...entry, caller: 'user:u1', callerName: 'Ada Lovelace' };
    const callers = callersOf([entry, renamed, { ...entry, caller: 'user:u1', callerName: 'Ada' }]);
    expect([...callers]).toEqual([['user:u1', 'Ada Lovelace']]);
    expect(detailWords({ ...entry, details: { scopes: 'ask', '{value}': 'x' } })).toEqual([
      'scopes: ask',
      '{value}: x',
    ]);
  });

  it('days_areWholeDaysOfTheReader', () => {
    const { since, until } = dayRange('2026-03-28', '2026-03-29');
    expect(new Date(since ?? '')).toEqual(new Date(2026, 2, 28));
    expect(new Date(until ?? '')).toEqual(new Date(2026, 2, 30));
    expect(dayRange('', '')).toEqual({});
  });
});

describe('options', () => {
  const setting: RuntimeSetting = {
    name: 'rate-limit.requests',
    description: 'Maximum number of requests.',
    kind: 'number',
    value: '100',
    defaultValue: '100',
    bounds: 'a whole number from 0 to 1000000',
    fixed: false,
  };

  it('fieldOfASecret_isEmpty_sinceTheMaskIsNoPartOfAnotherOne', () => {
    expect(editableValue({ ...setting, kind: 'secret', value: '***' })).toBe('');
    expect(editableValue(setting)).toBe(setting.value);
  });

  it('value_isChanged_whenItIsNotTheDefault', () => {
    expect(isChanged(setting)).toBe(false);
    expect(isChanged({ ...setting, value: '200' })).toBe(true);
  });

  it('fewValues_areChosen_othersAreTyped', () => {
    expect(choicesOf(setting)).toEqual([]);
    expect(
      choicesOf({ ...setting, kind: 'choice', value: 'info', bounds: 'one of error, warn, info, debug, trace' }),
    ).toEqual(['error', 'warn', 'info', 'debug', 'trace']);
    expect(choicesOf({ ...setting, kind: 'choice', value: 'other', bounds: 'one of a, b' })).toEqual([
      'a',
      'b',
      'other',
    ]);
  });
});

describe('keys', () => {
  const key: ApiKey = { id: 'k', name: 'Intranet', scopes: ['ask'], createdAt: '2026-11-01T00:00:00Z' };
  const now = Date.parse('2026-11-27T08:00:00Z');

  it('expiry_beforeAndAfter', () => {
    expect(expiryWords(key, now)).toBe('Does not expire');
    expect(expiryWords({ ...key, expiresAt: '2026-12-24T12:00:00Z' }, now)).toMatch(/^Expires Dec 24, 2026/);
    expect(expiryWords({ ...key, expiresAt: '2026-11-24T12:00:00Z' }, now)).toMatch(/^Expired Nov 24, 2026/);
    expect(expiryOf('30', now)).toBe('2026-12-27T08:00:00.000Z');
    expect(expiryOf('', now)).toBeUndefined();
  });
});
