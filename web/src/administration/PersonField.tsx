import { useEffect, useId, useState } from 'preact/hooks';
import { listUsers, type User } from '../api/people';
import { withOperatorKey } from '../operator/operatorKey';
import { Field } from '../ui/Form';

/** Milliseconds after the last letter before people are searched. */
const CALM = 200;

interface Props {
  label: string;
  hint?: string;
  value: string;
  onInput: (value: string) => void;
  required?: boolean;
}

/** A field for the name of a person that proposes those who exist. */
export function PersonField({ value, ...rest }: Props) {
  const [people, setPeople] = useState<readonly User[]>([]);
  const id = useId();
  useEffect(() => {
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      try {
        setPeople((await withOperatorKey((key) => listUsers(key, value.trim(), undefined, controller.signal))).items);
      } catch {
        // Proposals are a help only: the name can be typed, and what is wrong with it is said when it is sent.
        if (!controller.signal.aborted) setPeople([]);
      }
    }, CALM);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [value]);
  return (
    <>
      <Field value={value} autocomplete="off" list={id} plain {...rest} />
      <datalist id={id}>
        {people.map((user) => (
          <option key={user.id} value={user.name}>
            {user.displayName}
          </option>
        ))}
      </datalist>
    </>
  );
}

/** The person with a sign-in name; undefined if there is none. Rejects with an ApiError. */
export async function findPerson(name: string): Promise<User | undefined> {
  const wanted = name.trim().toLowerCase();
  const found = await withOperatorKey((key) => listUsers(key, wanted));
  return (
    found.items.find((user) => user.name.toLowerCase() === wanted) ??
    found.items.find((user) => user.displayName.toLowerCase() === wanted)
  );
}
