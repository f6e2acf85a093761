import { call } from './http';
import type { Permission } from './types';

export const GRANTEES = ['everyone', 'signed_in', 'group', 'user'] as const;

/** A permission on a collection. */
export interface Grant {
  to: (typeof GRANTEES)[number];
  /** Of a user or group. */
  id?: string | null;
  name?: string | null;
  permission: Permission;
}

/** `GET /collections/{id}/access`. */
export interface Access {
  /** Nobody has set it: it follows from the mode of the server. */
  isDefault: boolean;
  /** With none only administrators reach the collection. */
  grants: Grant[];
}

/** With the tag that a change of it carries, so that none overwrites another one. */
export interface TaggedAccess extends Access {
  tag: string | null;
}

const path = (collection: string) => `/collections/${encodeURIComponent(collection)}/access`;

async function tagged(response: Response): Promise<TaggedAccess> {
  return { ...((await response.json()) as Access), tag: response.headers.get('ETag') };
}

export const getAccess = async (collection: string, signal?: AbortSignal) =>
  tagged(await call(path(collection), signal ? { signal } : {}));

/** Of a user or group that is not known by its id, the name is sent. */
export const setAccess = async (collection: string, grants: readonly Grant[], tag: string | null) =>
  tagged(
    await call(path(collection), {
      method: 'PUT',
      json: {
        grants: grants.map(({ to, id, name, permission }) => ({
          to,
          ...(id ? { id } : name ? { name } : {}),
          permission,
        })),
      },
      headers: tag ? { 'If-Match': tag } : {},
    }),
  );
