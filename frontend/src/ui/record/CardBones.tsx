import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function CardBones() {
  const { t } = useTranslation();
  return (
    <div style={{ padding: '20px 18px' }} aria-busy="true" role="status" aria-label={t('record.loading')}>
      <div style={{ display: 'flex', gap: 12, marginBottom: 22 }}>
        <Skeleton height={52} width={52} radius={12} />
        <div style={{ flex: 1 }}>
          <Skeleton height={15} width="70%" mt={8} />
          <Skeleton height={11} width="45%" mt={9} />
        </div>
      </div>
      {[62, 78, 54, 70, 48, 66].map((width) => (
        <Skeleton key={width} height={11} width={`${width}%`} mt={15} />
      ))}
    </div>
  );
}
