/** A path that breaks after its slashes first, and within a name only when that is wider than its line. */
export function FilePath({ path }: { path: string }) {
  let at = 0;
  return (
    <>
      {path.split(/(?<=\/)(?=[^/])/).map((part) => {
        at += part.length;
        return [part, <wbr key={at} />];
      })}
    </>
  );
}
