import type { Collection, Permission } from '../api/types';
import { isAdministrator, isOpen, user } from '../session/session';

/** Each includes those before it. */
const ORDER: readonly Permission[] = ['read', 'write', 'manage'];

/** Whether the reader may add, read again and delete documents. A server that does not say it lets everyone. */
export function canWrite({ permission }: Collection): boolean {
  return permission === undefined || ORDER.indexOf(permission) >= ORDER.indexOf('write');
}

/** Whether the reader may rename, share and delete the collection. */
export function canManage({ permission }: Collection): boolean {
  return permission === undefined ? isAdministrator.value : permission === 'manage';
}

/** Whether the reader may create collections: people with an account, and everyone on an open server. */
export function canCreate(): boolean {
  return isOpen.value || user.value !== undefined || isAdministrator.value;
}
