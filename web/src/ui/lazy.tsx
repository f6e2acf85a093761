import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type ApiError, offline } from '../api/problem';
import { FailedNote } from './ErrorNote';
import { Skeleton } from './Skeleton';

/**
 * A part of the page that is loaded when it is first shown.
 *
 * @param waiting what is shown meanwhile
 */
export function lazy<P extends object>(
  load: () => Promise<ComponentType<P>>,
  waiting: VNode | null = <Skeleton lines={6} />,
): (props: P) => VNode | null {
  let loaded: ComponentType<P> | undefined;
  return function Lazy(props: P) {
    const [tries, setTries] = useState(0);
    const [, drawAgain] = useState(0);
    const [error, setError] = useState<ApiError>();
    useEffect(() => {
      if (loaded) return;
      let gone = false;
      load().then(
        (component) => {
          loaded = component;
          if (!gone) drawAgain(1);
        },
        // The server is away, or has a newer page.
        () => gone || setError(offline()),
      );
      return () => {
        gone = true;
      };
    }, [tries]);
    const Loaded = loaded;
    if (Loaded) return <Loaded {...props} />;
    if (!error) return waiting;
    const again = () => {
      setError(undefined);
      setTries(tries + 1);
    };
    return <FailedNote error={error} onRetry={again} />;
  };
}
