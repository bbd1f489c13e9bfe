import { useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { ApiError, speak } from '@/api/client';
import { HouseProvider } from '@/api/house';
import { kindsQuery, sessionQuery } from '@/api/queries';
import type { Session } from '@/api/types';
import { registerModules } from '@/app/registry';
import { pickLocale, setFormat } from '@/lib/format';
import { languageOf, speakLanguage } from '@/lib/i18n';
import { enter, oneTimeKey } from './entry';
import { makeRouter } from './router';
import { Unreachable } from './Unreachable';
import { WayIn } from './WayIn';

/** Sets what the session decides before the first page is drawn: language, formats, time zone. */
async function settle(session: Session): Promise<void> {
  const language = languageOf(session.language);
  speak(language);
  setFormat({
    locale: pickLocale(language, session.country, navigator.languages),
    timezone: session.timezone || 'UTC',
    today: session.today,
  });
  await speakLanguage(language);
}

/** Lets the user in: spends a one-time link, asks who is here, and says how to get in when nobody is. */
export function Gate() {
  const [entered, setEntered] = useState(oneTimeKey() ? 'pending' : 'done');
  const [settled, setSettled] = useState('');
  const session = useQuery({ ...sessionQuery, enabled: entered !== 'pending' });
  const kinds = useQuery({ ...kindsQuery, enabled: session.isSuccess });
  const router = useMemo(() => {
    registerModules();
    return makeRouter();
  }, []);

  useEffect(() => {
    if (entered === 'pending') void enter().then((ok) => setEntered(ok ? 'done' : 'refused'));
  }, [entered]);

  const words = session.data && [session.data.language, session.data.timezone, session.data.country].join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what settle reads from the session matters
  useEffect(() => {
    if (session.data && words) void settle(session.data).then(() => setSettled(words));
  }, [words]);

  const error = session.error ?? kinds.error;
  const out = error instanceof ApiError && (error.status === 401 || error.status === 403);
  if (out) return <WayIn refused={entered === 'refused'} />;
  // A page that stands stays: what it shows is true until something newer arrives.
  if (error && !(session.data && kinds.data)) {
    return <Unreachable error={error} retry={() => (session.error ? session.refetch() : kinds.refetch())} />;
  }
  if (!session.data || !kinds.data || !settled) return null;
  return (
    <HouseProvider house={{ session: session.data, kinds: kinds.data }}>
      <RouterProvider router={router} key={settled} />
    </HouseProvider>
  );
}
