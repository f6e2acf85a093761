import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Skeleton } from './Skeleton';

/** A part of the page that is loaded when it is first shown. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): (props: P) => VNode | null {
  let loaded: ComponentType<P> | undefined;
  return function Lazy(props: P) {
    const [, again] = useState(0);
    useEffect(() => {
      if (loaded) return;
      let gone = false;
      load().then(
        (component) => {
          loaded = component;
          if (!gone) again(1);
        },
        // The server is away, or has a newer page: loading it again helps against both.
        () => undefined,
      );
      return () => {
        gone = true;
      };
    }, []);
    const Loaded = loaded;
    return Loaded ? <Loaded {...props} /> : <Skeleton lines={6} />;
  };
}
