/** A sentence of the server, with what it has between backticks as code. */
export function CodeWords({ text }: { text: string }) {
  const parts = text.split('`');
  // An odd number of backticks is no markup.
  if (parts.length % 2 === 0) return <>{text}</>;
  let at = 0;
  return (
    <>
      {parts.map((part, index) => {
        at += part.length + 1;
        return index % 2 ? <code key={at}>{part}</code> : part;
      })}
    </>
  );
}
