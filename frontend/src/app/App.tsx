import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ApiError } from '@/api/client';
import { keys } from '@/api/keys';
import { ErrorBoundary } from './ErrorBoundary';
import { Gate } from './Gate';
import { theme } from './theme';

const client = new QueryClient({
  queryCache: new QueryCache({
    // A session that ended shows the way in, whichever page noticed it first.
    onError: (error, query) => {
      const out = error instanceof ApiError && error.status === 401;
      if (out && query.queryKey[0] !== 'session') void client.invalidateQueries({ queryKey: keys.session });
    },
  }),
  defaultOptions: {
    queries: {
      gcTime: 5 * 60_000,
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      // What the program itself refuses does not get better by asking again.
      retry: (count, error) =>
        count < 2 && error instanceof ApiError && ['unreachable', 'unavailable'].includes(error.code),
    },
  },
});

const schemes = localStorageColorSchemeManager({ key: 'kontor:scheme' });

export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={schemes}>
      <ErrorBoundary>
        <QueryClientProvider client={client}>
          <Notifications position="bottom-center" autoClose={8000} limit={4} containerWidth={460} />
          <Gate />
        </QueryClientProvider>
      </ErrorBoundary>
    </MantineProvider>
  );
}
