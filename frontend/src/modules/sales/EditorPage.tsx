import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams, useRouterState } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageSearch } from '@/lib/nav';
import { PageBar } from '@/ui/PageBar';
import { ErrorState } from '@/ui/States';
import { BackLink } from './BackLink';
import { Issued } from './Issued';
import { NewQuotation } from './NewQuotation';
import { storedQuery } from './requests';
import { StoredDraft } from './StoredDraft';

/** The page of one quotation. A new one gets its id while it is written, and goes on as the same page. */
export function EditorPage() {
  const { t } = useTranslation();
  const { id: shown = 'new' } = useParams({ strict: false }) as { id?: string };
  // The route's own id comes later than the address: between them a quotation that has just got its id would be taken
  // for another new one, and what is typed would be lost.
  const at = useRouterState({ select: (s) => /^\/quotation\/([^/]+)/.exec(s.location.pathname)?.[1] });
  const id = at ?? shown;
  const [{ company = '', person = '' }] = usePageSearch();
  const born = useRef({ count: 0, id: '', company: '', person: '' });
  const fresh = id === 'new';
  const asked = born.current.company === company && born.current.person === person;
  if (at && fresh && (born.current.id || !asked)) {
    born.current = { count: born.current.count + 1, id: '', company, person };
  }
  const own = fresh || id === born.current.id;
  const found = useQuery({ ...storedQuery(id), enabled: !own });
  const stored = found.data;

  if (stored?.status === 'final') return <Issued key={id} stored={stored} />;
  if (own) {
    return (
      <NewQuotation
        key={`new ${born.current.count}`}
        company={born.current.company}
        person={born.current.person}
        onBorn={(made) => {
          born.current.id = made;
        }}
      />
    );
  }
  if (stored) return <StoredDraft key={id} stored={stored} />;
  return (
    <>
      <PageBar title={t('sales:kind.quotation.one')} back={<BackLink />} />
      {found.error ? (
        <ErrorState error={found.error} retry={() => void found.refetch()} />
      ) : (
        <div style={{ padding: 24 }} aria-busy="true">
          <Skeleton height={26} width="40%" mb={20} />
          <Skeleton height={320} />
        </div>
      )}
    </>
  );
}
