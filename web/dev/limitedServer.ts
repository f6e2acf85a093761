/** A server with a limit of requests in a minute, as the real one counts. */
export class LimitedServer {
  refused = 0;
  readonly served: number[] = [];
  private windowStart = 0;
  private used = 0;

  /** @param answer what a call within the limit gets */
  constructor(
    private readonly quota: number,
    private readonly answer: (url: string, init?: RequestInit) => Response = () => Response.json({ ok: true }),
  ) {}

  /** Most calls that were served in any minute. */
  get busiestMinute(): number {
    let first = 0;
    let most = 0;
    this.served.forEach((time, last) => {
      while ((this.served[first] ?? 0) <= time - 60_000) first++;
      most = Math.max(most, last - first + 1);
    });
    return most;
  }

  readonly fetch = async (url: string, init?: RequestInit): Promise<Response> => {
    if (init?.signal?.aborted) throw init.signal.reason;
    const now = Date.now();
    if (now >= this.windowStart + 60_000) {
      this.windowStart = now;
      this.used = 0;
    }
    const seconds = Math.ceil((this.windowStart + 60_000 - now) / 1000);
    const headers = {
      'RateLimit-Policy': `"ip";q=${this.quota};w=60`,
      RateLimit: `"ip";r=${Math.max(0, this.quota - this.used - 1)};t=${seconds}`,
    };
    if (this.used >= this.quota) {
      this.refused++;
      const problem = { title: 'Request quota exceeded', status: 429, code: 'quota_exceeded' };
      return Response.json(problem, { status: 429, headers: { ...headers, 'Retry-After': `${seconds}` } });
    }
    this.used++;
    this.served.push(now);
    const response = this.answer(url, init);
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response;
  };
}
