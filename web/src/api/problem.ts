import type { Problem } from './types';

/** What every call of the API rejects with: the server's problem, or one of ours when there was no answer from it. */
export class ApiError extends Error {
  readonly problem: Problem;
  /** Seconds after which another try makes sense. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiError';
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  get code(): string {
    return this.problem.code;
  }

  /** Whether the server was not reached at all. */
  get offline(): boolean {
    return this.problem.code === 'offline';
  }
}

export function offline(): ApiError {
  return new ApiError({ title: 'Offline', status: 0, code: 'offline' });
}

/** Makes an error of a response that is not OK, whatever a proxy may have put into its body. */
export async function errorOf(response: Response): Promise<ApiError> {
  const after = Number(response.headers.get('Retry-After'));
  const retryAfter = Number.isFinite(after) && after > 0 ? after : undefined;
  const requestId = response.headers.get('X-Request-Id') ?? undefined;
  return new ApiError(asProblem(await body(response), response.status, requestId), retryAfter);
}

async function body(response: Response): Promise<unknown> {
  const type = response.headers.get('Content-Type') ?? '';
  if (!type.includes('json')) return undefined;
  return response.json().catch(() => undefined);
}

function asProblem(value: unknown, status: number, requestId: string | undefined): Problem {
  const found = (typeof value === 'object' && value !== null ? value : {}) as Partial<Problem>;
  return {
    title: typeof found.title === 'string' ? found.title : `HTTP ${status}`,
    status,
    code: typeof found.code === 'string' ? found.code : `http_${status}`,
    ...(typeof found.detail === 'string' ? { detail: found.detail } : {}),
    ...(typeof found.requestId === 'string' ? { requestId: found.requestId } : requestId ? { requestId } : {}),
    ...(Array.isArray(found.errors) ? { errors: found.errors } : {}),
  };
}

/** Anything thrown, as an error that can be shown. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof TypeError) return offline();
  return new ApiError({ title: 'Unexpected', status: 0, code: 'unexpected' });
}
