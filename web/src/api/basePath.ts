/**
 * The path below which the browser sees the server, such as `/lectern` behind a proxy that removes it; mostly empty. The server writes it into the page.
 */
export const basePath = readBasePath();

function readBasePath(): string {
  const meta = typeof document === 'undefined' ? null : document.querySelector('meta[name="base-path"]');
  return (meta?.getAttribute('content') ?? '').replace(/\/+$/, '');
}

/** The path of the server that the browser's path stands for. */
export function withoutBasePath(pathname: string, base = basePath): string {
  return base && (pathname === base || pathname.startsWith(`${base}/`)) ? pathname.slice(base.length) || '/' : pathname;
}
