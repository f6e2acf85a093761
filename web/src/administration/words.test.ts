import { describe, expect, it } from 'vitest';
import type { AuditEntry, RuntimeSetting } from '../api/audit';
import type { ApiKey } from '../api/keys';
import { expiryOf, expiryWords, ownerOf } from '../keys/keyWords';
import { AUDIT_ACTIONS, actionWords, callerWords, dayRange, detailWords } from './auditWords';
import { boundsWords, parseValue, valueWords } from './options';

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
    expect(detailWords({ ...entry, details: { scopes: 'ask', '{value}': 'x' } })).toEqual([
      'scopes: ask',
      '{value}: x',
    ]);
  });

  it('days_areWholeDaysOfTheReader', () => {
    const { from, until } = dayRange('2026-03-28', '2026-03-29');
    expect(new Date(from ?? '')).toEqual(new Date(2026, 2, 28));
    expect(new Date(until ?? '')).toEqual(new Date(2026, 2, 30));
    expect(dayRange('', '')).toEqual({});
  });
});

describe('options', () => {
  const setting: RuntimeSetting = {
    name: 'rate-limit.requests',
    description: 'Maximum number of requests.',
    kind: 'number',
    isFixed: false,
    isChanged: false,
  };

  it('value_isSentAsWhatItIs_andWhatIsNoNumberAsItWasTyped', () => {
    expect(parseValue(setting, ' 20 ')).toBe(20);
    expect(parseValue(setting, 'many')).toBe('many');
    expect(parseValue(setting, '')).toBeNull();
    expect(parseValue({ ...setting, kind: 'boolean' }, 'false')).toBe(false);
    expect(parseValue({ ...setting, kind: 'duration' }, '30')).toBe('30');
  });

  it('bounds_andValues_inWords', () => {
    expect(boundsWords({ ...setting, minimum: 0, maximum: 100 })).toEqual(['From 0 to 100.']);
    expect(boundsWords({ ...setting, minimum: 1 })).toEqual(['At least 1.']);
    expect(boundsWords({ ...setting, maximum: '1h' })).toEqual(['At most 1h.']);
    expect(boundsWords(setting)).toEqual([]);
    expect(valueWords({ ...setting, unit: 'requests' }, 100)).toBe('100 requests');
    expect(valueWords(setting, 0)).toBe('0');
    expect(valueWords(setting, null)).toBe('none');
    expect(valueWords({ ...setting, kind: 'boolean' }, false)).toBe('Off');
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

  it('owner_ofAPersonOrNobody', () => {
    expect(ownerOf({ ...key, owner: { id: 'u1', name: 'Ada' } })?.id).toBe('u1');
    expect(ownerOf({ ...key, owner: 'u1' })?.id).toBe('u1');
    expect(ownerOf(key)).toBeUndefined();
  });
});
