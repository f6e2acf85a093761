/** How many were done at a moment, in milliseconds. */
export interface Mark {
  at: number;
  done: number;
}

/** Milliseconds whose pace is taken for that of the rest. */
const RECENT = 60_000;

/** Notes how far it is. Progress comes in steps, so only a change says something about the pace. */
export function addProgressMark(marks: readonly Mark[], done: number, at: number): readonly Mark[] {
  const last = marks.at(-1);
  if (!last || done < last.done) return [{ at, done }];
  if (done === last.done) return marks;
  const all = [...marks, { at, done }];
  const recent = all.filter((mark) => at - mark.at <= RECENT);
  return recent.length > 1 ? recent : all.slice(-2);
}

/** Seconds left at the pace of the last while; undefined while that is not known, or over. */
export function remaining(marks: readonly Mark[], total: number, now: number): number | undefined {
  const first = marks[0];
  const last = marks.at(-1);
  if (!first || !last || last.at === first.at || last.done >= total) return undefined;
  const pace = (last.done - first.done) / (last.at - first.at);
  const left = (total - last.done) / pace - (now - last.at);
  return left > 0 ? left / 1000 : undefined;
}
