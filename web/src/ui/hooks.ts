import { useEffect, useRef, useState } from 'preact/hooks';

/** Whether a media query holds, now and later. */
export function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const change = () => setHolds(list.matches);
    change();
    list.addEventListener('change', change);
    return () => list.removeEventListener('change', change);
  }, [query]);
  return holds;
}

export const WIDE = '(min-width: 75em)';
export const MIDDLE = '(min-width: 48em)';

/**
 * Calls back when the element comes near the part of the list that can be seen.
 *
 * @param length of what is above it: when that has grown and the element is still near, it is called again
 */
export function useReached<E extends Element>(onReach: () => void, active: boolean, length = 0) {
  const ref = useRef<E>(null);
  const latest = useRef(onReach);
  latest.current = onReach;
  useEffect(() => {
    const element = ref.current;
    if (!active || !element) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && latest.current(),
      {
        rootMargin: '200px',
      },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [active, length]);
  return ref;
}
