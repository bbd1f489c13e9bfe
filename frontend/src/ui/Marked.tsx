import { Fragment } from 'react';

/** A snippet of a search: matched words stand between U+0002 and U+0003. It is text, never markup. */
export function Marked({ text }: { text: string }) {
  let at = 0;
  return text.split('\u0002').map((piece, i) => {
    const key = at;
    at += piece.length + 1;
    if (i === 0) return <Fragment key={key}>{piece}</Fragment>;
    const [hit, rest = ''] = piece.split('\u0003');
    return (
      <Fragment key={key}>
        <mark>{hit}</mark>
        {rest}
      </Fragment>
    );
  });
}

export const unmarked = (text: string) => text.replaceAll('\u0002', '').replaceAll('\u0003', '');
