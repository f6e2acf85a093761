/** The header of a call with the operator key; none for who is an administrator by a session or by the machine. */
export function bearer(key: string): Record<string, string> {
  return key ? { Authorization: `Bearer ${key}` } : {};
}
