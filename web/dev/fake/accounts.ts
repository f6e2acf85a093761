import type { Account, AccountSession } from '../../src/api/account';
import type { AuditEntry, RuntimeSetting } from '../../src/api/audit';
import type { ApiKey } from '../../src/api/keys';
import type { Passkey } from '../../src/api/passkeys';
import type { Group, User } from '../../src/api/people';
import type { Session } from '../../src/api/session';
import { type Api, json, problem } from './server';

/** Who is signed in on the stand-in: FAKE_READER is `administrator`, `user`, `nobody` (of a private server) or left out for an open one. */
const READER = process.env.FAKE_READER ?? '';
const PASSWORD = 'correct horse battery';
const at = (days: number) => new Date(Date.UTC(2026, 10, 27, 9, 30) - days * 86_400_000).toISOString();

const PEOPLE: User[] = [
  person('u1', 'ada', 'Ada Lovelace', { role: 'administrator', email: 'ada@example.org', hasSecondFactor: true }),
  person('u2', 'grace.hopper@example.org', 'Grace Hopper', { groups: ['g1', 'g2'] }),
  person('u3', 'margaret', 'Margaret Hamilton', { disabled: true }),
  person('u4', 'katherine.johnson@a-rather-long-domain.example.org', 'Katherine Coleman Goble Johnson', {
    hasPassword: false,
    signedInAt: null,
  }),
];
const GROUPS: Group[] = [
  { id: 'g1', name: 'Sales', members: 1, createdAt: at(20) },
  { id: 'g2', name: 'Research and development', members: 1, createdAt: at(10) },
  { id: 'g3', name: 'Visitors', members: 0, createdAt: at(3) },
];
const KEYS: ApiKey[] = [
  {
    id: 'k1',
    name: 'Intranet search',
    owner: { id: 'u1', name: 'Ada Lovelace' },
    scopes: ['ask', 'search', 'read'],
    createdAt: at(30),
    expiresAt: at(-60),
    lastUsedAt: at(0),
    hint: 'lect_8fK2…',
    secrets: [
      { hint: 'lect_8fK2…', createdAt: at(1) },
      { hint: 'lect_Qw9x…', createdAt: at(30), expiresAt: at(-1) },
    ],
  },
  { id: 'k2', name: 'Monitoring', scopes: ['metrics'], createdAt: at(90), hint: 'lect_Zz71…', secrets: [] },
];
const PASSKEYS: Passkey[] = [
  { id: 'p1', name: 'Phone', createdAt: at(30), lastUsedAt: at(1) },
  { id: 'p2', name: 'Security key in the drawer of the office', createdAt: at(2), lastUsedAt: null },
];
const SESSIONS: AccountSession[] = [
  session('s1', 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', true),
  session('s2', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile Safari/604.1', false),
];
const AUDIT: AuditEntry[] = [
  entry(9, 'grant.changed', 'Ada Lovelace', 'collection', 'default', { grants: 'group:g1 write, signed_in read' }),
  entry(8, 'sign_in.failed', '', 'user', 'u2', { count: '3' }, 'refused'),
  entry(7, 'key.created', 'Ada Lovelace', 'key', 'k1', { name: 'Intranet search', scopes: 'ask, search, read' }),
  entry(6, 'collection.deleted', 'operator', 'collection', '01m8bzanag43kdz9zvmxr3bafz', { name: 'Drafts' }),
];
const SETTINGS: RuntimeSetting[] = [
  setting('LECTERN_LOG_LEVEL', 'Level of the log.', 'choice', 'info', 'one of error, warn, info, debug, trace'),
  setting(
    'LECTERN_RATE_LIMIT_REQUESTS',
    'Maximum number of requests of one client address in a minute.',
    'number',
    '100',
  ),
  {
    ...setting(
      'LECTERN_RATE_LIMIT_ASKS',
      'Maximum number of questions of one client address in a minute.',
      'number',
      '20',
    ),
    value: '50',
  },
  {
    ...setting(
      'LECTERN_RATE_LIMIT_UPLOADS',
      'Maximum number of uploads of one client address in a minute.',
      'number',
      '600',
    ),
    fixed: true,
  },
];

function person(id: string, name: string, displayName: string, more: Partial<User>): User {
  const usual = { role: 'user' as const, disabled: false, hasPassword: true, hasSecondFactor: false, groups: [] };
  return { id, name, displayName, ...usual, createdAt: at(40), signedInAt: at(1), ...more };
}

function session(id: string, userAgent: string, isCurrent: boolean): AccountSession {
  return { id, createdAt: at(2), lastUsedAt: at(0), address: '192.0.2.7', userAgent, isCurrent };
}

function entry(
  sequence: number,
  action: string,
  callerName: string,
  subjectKind: string,
  subjectId: string,
  details: Record<string, string>,
  outcome: AuditEntry['outcome'] = 'done',
): AuditEntry {
  const who = callerName ? { caller: 'user:u1', callerName } : {};
  const where = { address: '192.0.2.7', requestId: '7f3a9c21' };
  return { sequence, at: at(10 - sequence), action, ...who, subjectKind, subjectId, details, outcome, ...where };
}

function setting(
  name: string,
  description: string,
  kind: RuntimeSetting['kind'],
  value: string,
  bounds = '',
): RuntimeSetting {
  const limits = bounds || 'a whole number from 0 to 1000000';
  return { name, description, kind, value, defaultValue: value, bounds: limits, fixed: false };
}

function view(signedIn: boolean): Session {
  const user = PEOPLE[READER === 'user' ? 1 : 0];
  const { id = '', name = '', displayName = '', role = 'user' } = user ?? {};
  return {
    mode: READER ? 'private' : 'open',
    user: signedIn ? { id, name, displayName, role } : null,
    isAdministrator: signedIn && role === 'administrator',
    csrfToken: signedIn ? 'token' : null,
    needsSetup: false,
    password: true,
    passkeys: true,
    provider: READER === 'nobody' ? { name: 'Example Identity', href: '/oauth2/authorization/oidc' } : null,
    conversations: READER === 'nobody' ? 3 : 0,
  };
}

let signedIn = READER === 'administrator' || READER === 'user';
let hasFactor = false;

/** Accounts as the pages see them; nothing of it is checked or stored. */
export const accountsApi: Api = ({ method, path, body, query }, response) => {
  const sent = () => JSON.parse(`${body}` || '{}') as Record<string, string>;
  const none = () => json(response, undefined, 204);
  if (path === '/session') {
    if (method === 'DELETE') signedIn = false;
    if (method !== 'POST') return method === 'DELETE' ? none() : json(response, view(signedIn));
    if (sent().password !== PASSWORD) return problem(response, 401, 'unauthenticated', 'Name or password is wrong.');
    if (!sent().code) return problem(response, 401, 'second_factor_required', 'Send the code.');
    signedIn = true;
    return json(response, view(true));
  }
  if (READER && !signedIn) return problem(response, 401, 'unauthenticated', 'Sign in.');
  if (path === '/setup') return json(response, view(true), 201);
  if (path === '/password-reset') return problem(response, 410, 'gone', 'The link was used.');
  if (path === '/account/passkeys' && method === 'GET') return json(response, { items: PASSKEYS });
  if (path === '/account/sessions') return json(response, { items: SESSIONS });
  if (path === '/account/second-factor' && method === 'POST')
    return json(response, {
      secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      uri: 'otpauth://totp/Lectern:ada?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Lectern',
    });
  if (path === '/account/second-factor/confirmation') {
    hasFactor = true;
    return json(response, { recoveryCodes: Array.from({ length: 10 }, (_, n) => `k7p${n}-${n}xq4-m2rt`) });
  }
  if (path === '/account') {
    const { groups: _, disabled: __, ...user } = PEOPLE[READER === 'user' ? 1 : 0] as User;
    const account: Account = { ...user, hasPassword: true, hasSecondFactor: hasFactor, recoveryCodes: 10 };
    return json(response, account);
  }
  if (path.startsWith('/account')) return none();
  if (path === '/api-keys' || /^\/api-keys\/.*\/secrets$/.test(path))
    return json(
      response,
      method === 'GET'
        ? { items: KEYS }
        : { ...KEYS[0], ...sent(), secret: 'lect_8fK2pQ7vLw3xZr5tYb9nMd1sHc6gJe4aUo0iFk2lPq' },
    );
  if (path === '/users' && method === 'GET') {
    const words = (query.get('query') ?? '').toLowerCase();
    return json(response, {
      items: PEOPLE.filter(({ name, displayName }) => `${name} ${displayName}`.toLowerCase().includes(words)),
    });
  }
  const link = { link: 'https://lectern.example.org/reset#3q2-7wAAAAB1c2VyLWxpbmstb2YtMTI4LWJpdHM', expiresAt: at(-1) };
  if (path === '/users') return json(response, { ...PEOPLE[3], ...sent(), invitation: link }, 201);
  if (path.endsWith('/password-reset')) return json(response, link);
  if (path === '/groups') return json(response, method === 'GET' ? { items: GROUPS } : { ...GROUPS[2], ...sent() });
  if (/^\/groups\/[^/]+$/.test(path) && method === 'GET')
    return json(response, { ...GROUPS[1], members: PEOPLE.slice(1, 3) });
  if (path === '/audit') return json(response, { items: AUDIT });
  if (path === '/audit/verification') return json(response, { intact: true, entries: 1204 });
  if (path === '/settings') return json(response, { items: SETTINGS });
  if (/^\/collections\/[^/]+\/access$/.test(path))
    return json(response, {
      isDefault: false,
      grants: [
        { to: 'signed_in', permission: 'read' },
        { to: 'group', id: 'g2', name: 'Research and development', permission: 'manage' },
        { to: 'user', id: 'u2', name: 'Grace Hopper', permission: 'write' },
      ],
    });
  return /^\/(users|groups|api-keys|settings)\//.test(path) ? none() : false;
};
