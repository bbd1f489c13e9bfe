import { Button } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

type Props = { has: boolean; busy: boolean; load: () => unknown };

/** The end of a long list: more comes when it is in sight, or by the button. */
export function More({ has, busy, load }: Props) {
  const { t } = useTranslation();
  const { ref, entry } = useIntersection({ rootMargin: '400px' });
  const seen = entry?.isIntersecting ?? false;
  useEffect(() => {
    if (seen && has && !busy) void load();
  });
  return (
    <>
      <div ref={ref} />
      {has && (
        <Button variant="default" size="xs" mt={12} loading={busy} onClick={() => void load()}>
          {t('timeline.older')}
        </Button>
      )}
    </>
  );
}
